"""What does a person see when the program says no? A clear sentence, and everything that was typed."""

import re
from typing import Any

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from consult.db import db
from consult.refusals import LinkOver, NotThere, Refusal
from consult.web.gates import signed_out_post
from consult.web.sentences import said_no

WORDS = re.compile(r"reasons?|proposed|private_notes|text|answer|words|pasted|title|summary|heading|name")


def install(app: Flask) -> None:
    """Registers the pages of refusal."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _failed)
    app.extensions["consult.not_found"] = _missing


def _refused(no: Refusal) -> ResponseReturnValue:
    if isinstance(no, NotThere):
        return _missing(no)
    if isinstance(no, LinkOver):
        return _over()
    return refused_page(no)


def refused_page(no: Refusal) -> ResponseReturnValue:
    """The page that says no, with what was typed."""
    return _page(gettext("This was not done"), said_no(no), 422)


def _over() -> ResponseReturnValue:
    db.session.rollback()
    sentence = gettext(
        "A link in a letter works once, for a short while, and only for whom it was written; nothing was changed. If you are signed in to another account, sign out and open the link again; otherwise ask for a new letter."
    )
    return _page(gettext("This link opens nothing any more"), sentence, 410)


def _missing(_error: Any) -> ResponseReturnValue:
    db.session.rollback()
    return _page(
        gettext("Nothing here"),
        gettext(
            "There is nothing at this address, or it is not open to you. Check the address, or sign in if you were invited."
        ),
        404,
    )


def _forged(_error: CSRFError) -> ResponseReturnValue:
    for keep in signed_out_post:
        keep()
    sentence = gettext(
        "This form was too old or came from elsewhere, so nothing was changed. Go back, load the page again and send it once more."
    )
    return _page(gettext("Send the form again"), sentence, 400)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    sentences = {
        413: gettext("That was larger than this page takes. Send a smaller file, or split the text."),
        405: gettext(
            "This address does not take that kind of request. Go back and use the page's own buttons."
        ),
        429: gettext("Too many tries in a short time. Wait a quarter of an hour, then try again."),
    }
    sentence = sentences.get(
        error.code, gettext("The request could not be understood. Go back and try again.")
    )
    return _page(gettext("This was not done"), sentence, error.code)


def _failed(_error: Exception) -> ResponseReturnValue:
    sentence = gettext(
        "Something went wrong on our side, and nothing was changed. Try again in a minute; if it comes back, tell the administrators."
    )
    return _page(gettext("Our mistake"), sentence, 500)


def _page(title: str, sentence: str, status: int) -> ResponseReturnValue:
    typed = () if status == 413 else _typed()
    page = {"title": title, "sentence": sentence, "typed": typed}
    return render_template("refused.html", page=page), status


def _typed() -> tuple[str, ...]:
    return tuple(words for name, words in request.form.items() if WORDS.fullmatch(name) and words.strip())
