"""What the drafts room refuses, and how it says so."""

from dataclasses import dataclass

from flask_babel import gettext

from consult.refusals import Refusal, sentence


@dataclass(unsafe_hash=True)
class ZeroDraftStands(Refusal):
    """A draft is published already; revisions are made at the desk, not imported."""


@dataclass(unsafe_hash=True)
class AlreadyPublished(Refusal):
    """What was published stays."""


@dataclass(unsafe_hash=True)
class NothingToPublish(Refusal):
    """A draft without a clause."""


@dataclass(unsafe_hash=True)
class OpenTracksAreOpen(Refusal):
    """Only bilateral and multilateral consultations may be restricted."""


@sentence(OpenTracksAreOpen)
def open_tracks_are_open(_no: OpenTracksAreOpen) -> str:
    return gettext(
        "Only a bilateral or multilateral consultation can be restricted to its parties. Choose one of these tracks, or let everyone read."
    )


@sentence(ZeroDraftStands)
def zero_draft_stands(_no: ZeroDraftStands) -> str:
    return gettext(
        "The zero draft is published and stays. The next draft is made at the desk, from the comments."
    )


@sentence(AlreadyPublished)
def already_published(_no: AlreadyPublished) -> str:
    return gettext("This draft is published already, and nothing in it can be changed.")


@sentence(NothingToPublish)
def nothing_to_publish(_no: NothingToPublish) -> str:
    return gettext("There is no clause in this draft. Import a draft first.")
