"""Which organisations can be asked to join a paper?"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.core.terms import StakeholderGroup
from consult.drafts.reads import Consulted, roster
from consult.organisations.reads_directory import Asked, directory


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation that could be asked, under its name for this reader."""

    slug: str
    name: str
    name_language: str
    group: StakeholderGroup | None


def candidates(
    session: Session, consulted: Consulted, own: str, words: str, language: str
) -> tuple[Candidate, ...]:
    """Whoever is listed under these words, in any language; in restricted talks their parties, sought or not."""
    if consulted.is_restricted:
        found = [
            Candidate(one.slug or "", one.name, one.name_language, one.group)
            for one in roster(session, consulted)
        ]
    elif len(words.strip()) < 2:
        return ()
    else:
        lines = directory(session, Asked(words=words), language).lines
        found = [Candidate(one.slug, one.shown.words, one.shown.language, one.group) for one in lines]
    return tuple(one for one in found if one.slug != own)
