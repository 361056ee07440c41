"""What the tests of the list and of its administration share."""

from typing import Any

import html5lib
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult.core.actors import SYSTEM
from consult.core.terms import StakeholderGroup
from consult.organisations.acts import NewProposal, NewWords, propose_organisation
from consult.organisations.acts_names import describe_organisation
from consult.people.models import Organisation, Person
from consult.record.models import Entry, Journal
from tests import build

WHY = "It is known to us."
A_PROPOSAL = {
    "name": "Savannah Digital Rights",
    "language": "en",
    "group": "civil_society",
    "country": "KE",
    "website": "https://savannah.example.org",
    "description": "We watch over digital rights.",
    "words": "I lead its policy work.",
}


def called(
    session: Session, organisation: Organisation, language: str, name: str, description: str = ""
) -> None:
    """Gives an organisation a name in a language."""
    session.flush()
    describe_organisation(session, SYSTEM, organisation.id, NewWords(language, name, description))


def a_proposal(
    session: Session, by: Person, name: str = "Savannah Digital Rights", **said: Any
) -> Organisation:
    """An organisation that somebody proposes."""
    named = {
        "named": (NewWords("en", name, "We watch."),),
        "group": StakeholderGroup.CIVIL_SOCIETY,
        "country": "KE",
        "website": "",
        "words": "I lead its policy work.",
    }
    return propose_organisation(session, build.acting(session, by), NewProposal(**{**named, **said}))


def strict(answer: TestResponse, status: int = 200) -> str:
    """The page, which is right HTML, in one line of words."""
    assert answer.status_code == status, (answer.status_code, answer.text[-600:])
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def acts_of(session: Session, thing_id: int) -> list[str]:
    """What the public record says was done with an organisation, in order."""
    found = select(Entry.act).where(Entry.thing == "organisation", Entry.thing_id == thing_id)
    return list(session.scalars(found.order_by(Entry.id)))


def journalled(session: Session, act: str) -> int:
    """How often the private journal names this act."""
    return len(session.scalars(select(Journal.id).where(Journal.act == act)).all())
