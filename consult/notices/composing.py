"""How does a row become a letter on its way? With its words, in its reader's language; and how do letters leave here?"""

from flask import Flask, current_app, url_for
from sqlalchemy.orm import Session

from consult.notices.kinds import KINDS, Kind
from consult.notices.mail import Line, Post, Sender, sender_of, server_of
from consult.notices.models import Letter
from consult.notices.outbox import folder_of
from consult.notices.reads_circle import actors_of
from consult.notices.reads_letters import told
from consult.notices.sending import Folder, Way
from consult.notices.wording import read_by, site, worded
from consult.people.models import Person
from consult.people.tickets import opened, sealed

UNSUBSCRIBE = "unsubscribe"


def way_out() -> Way:
    """To the mail server that MAIL_URL names; without one, into the folder."""
    config, ours = current_app.config, sender()
    if config["MAIL_URL"]:
        return Line(server_of(config["MAIL_URL"]), ours)
    return Folder(folder_of(config["OUTBOX_FOLDER"]), ours)


def sender() -> Sender:
    """Whom letters come from, by the settings."""
    config = current_app.config
    return sender_of(config["MAIL_FROM"], config["CONTACT"], site(), config["SITE_NAME"])


def compose(session: Session, letter: Letter, to: str) -> Post | None:
    """The letter as it goes out; None where it is about nothing that its reader may still see."""
    secret, person_id = str(current_app.config["SECRET_KEY"]), letter.person_id
    actors = actors_of(session, {person_id}) if person_id is not None else {}
    page = told(session, [letter], letter.language, actors, secret)[letter.id]
    if page is None:
        return None
    person = session.get(Person, person_id) if person_id is not None else None
    kind, at, name, language = KINDS[letter.kind], letter.written_at, letter.name, letter.language
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    with read_by(app, language, letter.time_zone):
        words = worded(page)
        unsubscribe = _unsubscribe(secret, person.pseudonym, kind) if person and kind.is_chosen else None
    return Post(name, to, words.subject, words.body, language, at, unsubscribe)


def unsubscribed(token: str) -> tuple[str, Kind] | None:
    """Whose pseudonym, and which kind, a link to end letters names; None where its seal is not ours."""
    key = opened(str(current_app.config["SECRET_KEY"]), UNSUBSCRIBE, token)
    pseudonym, _, named = (key or "").rpartition("-")
    kind = BY_KEY.get(named)
    return (pseudonym, kind) if kind is not None and kind.is_chosen else None


def _unsubscribe(secret: str, pseudonym: str, kind: Kind) -> str:
    token = sealed(secret, UNSUBSCRIBE, f"{pseudonym}-{kind.name.replace('.', '_')}")
    return site() + url_for("notices.unsubscribe", token=token)


BY_KEY = {name.replace(".", "_"): kind for name, kind in KINDS.items()}
