"""What an organisation says of itself: its names and descriptions, its website, its mandate."""

import io

from flask import Response, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.organisations import acts_mandates, acts_names
from consult.organisations import reads_administration as administration
from consult.organisations import reads_description as reads
from consult.organisations.forms import MandateForm, WebsiteForm, WordsForm, distinct, sent_file
from consult.organisations.tags import languages
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, signed_in, staff
from consult.web.locale import spoken
from consult.web.transaction import afterwards


@signed_in
def description(slug: str) -> ResponseReturnValue:
    """Its names and descriptions, one small form a language; each post is one language."""
    shown = reads.description(session(), actor(), slug, spoken())
    form = WordsForm.posted()
    if form.accepted:
        try:
            acts_names.describe_organisation(session(), actor(), shown.profile.id, form.answer())
            return redirect(url_for("organisations.description", slug=slug), 303)
        except NotThere:
            raise
        except Refusal as no:
            form.refuse(no, "name")
    return _described(slug, form, WebsiteForm(formdata=None, data={"website": shown.profile.website}))


@signed_in
def website(slug: str) -> ResponseReturnValue:
    """The address of its website."""
    shown = reads.description(session(), actor(), slug, spoken())
    form = WebsiteForm.posted()
    if form.accepted:
        acts_names.choose_website(session(), actor(), shown.profile.id, form.website.data or "")
        return redirect(url_for("organisations.description", slug=slug), 303)
    return _described(slug, WordsForm(formdata=None), form)


@signed_in
def mandate(slug: str) -> ResponseReturnValue:
    """Hand in a mandate; whoever may sees that one is there, and nobody here sees what is in it."""
    shown = reads.description(session(), actor(), slug, spoken())
    form = MandateForm.posted()
    sent = sent_file(form.mandate) if form.accepted else None
    if sent is not None:
        try:
            acts_mandates.hand_in_mandate(session(), actor(), shown.profile.id, sent)
            return redirect(url_for("organisations.mandate", slug=slug), 303)
        except NotThere:
            raise
        except Refusal as no:
            form.refuse(no, "mandate")
    page = {"of": shown, "letters": administration.letters(session(), shown.profile.id)}
    return render_template("organisations/mandate.html", page=page, form=form), form.status


@staff
def download(slug: str, key: str) -> Response:
    """One mandate as a download, for administrators; each is remembered in the journal."""
    row, who = administration.mandate(session(), actor(), slug, key), actor()
    mandate_id, content = row.id, io.BytesIO(row.content)
    afterwards(lambda within: acts_mandates.note_reading(within, who, mandate_id))
    answer = send_file(content, row.media_type, as_attachment=True, download_name=row.file_name, max_age=0)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _described(slug: str, sent: WordsForm, site: WebsiteForm) -> ResponseReturnValue:
    """The page with the form that was sent in its place: its language's, else the one that adds a language."""
    shown = reads.description(session(), actor(), slug, spoken())
    there = {one.language for one in shown.words}
    rows = [
        (one, distinct(sent if sent.language.data == one.language else _started(one), one.language))
        for one in shown.words
    ]
    adding = WordsForm(formdata=None) if sent.language.data in there else sent
    page = {"of": shown, "rows": rows, "adding": adding, "site": site, "languages": languages(spoken())}
    refused = site if site.refused or site.errors else sent
    return render_template("organisations/description.html", page=page, form=refused), refused.status


def _started(words: reads.Words) -> WordsForm:
    return WordsForm(formdata=None, data=reads.fields(words))
