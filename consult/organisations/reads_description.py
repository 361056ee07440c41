"""What may somebody of a delegation change of what it says about itself?"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.core.actors import Actor
from consult.organisations.policy import may_describe
from consult.organisations.reads import OrganisationProfile, profile, words_of
from consult.organisations.reads_standing import hand
from consult.people.models import OrganisationWords
from consult.refusals import NotThere


@dataclass(frozen=True, slots=True)
class Words:
    """Its name and description in one language; `is_own` where the name there is the one it gave itself."""

    language: str
    name: str
    description: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class DescriptionPage:
    """Who it is, what it says of itself in each language, and whether the reader administers."""

    profile: OrganisationProfile
    words: tuple[Words, ...]
    administers: bool


def description(session: Session, actor: Actor, slug: str, language: str) -> DescriptionPage:
    """For whoever may change it; to others the page is not there."""
    found = profile(session, actor, slug, language)
    hers = hand(session, actor, found.id)
    if not may_describe(found.state, **hers):
        raise NotThere
    own = found.own_name.language
    rows = words_of(session, found.id)
    words = [_words(one, own) for one in rows]
    if own not in {one.language for one in rows}:
        words.insert(0, Words(own, "", "", is_own=True))
    words.sort(key=lambda one: (not one.is_own, one.language))
    return DescriptionPage(found, tuple(words), hers["administers"])


def fields(words: Words) -> dict[str, str]:
    """The words as a form starts with them."""
    return {"language": words.language, "name": words.name, "description": words.description}


def _words(row: OrganisationWords, own: str) -> Words:
    return Words(row.language, row.name, row.description, row.language == own)
