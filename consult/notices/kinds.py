"""Which kinds of letter are there, and what may a reader choose about each?

A kind that is `locked` is always mailed: it is about the safety of the account. One that `opens` something holds a
link that is worth a key, so it goes by mail only and never lies in the inbox. One that is `inner` speaks of work inside
a delegation: it is shown only to who still sits there. One that is `for_heads` is shown only to who still heads it, or,
where it went to the administrators, to who still is one.
"""

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """Under which heading a kind stands among the preferences."""

    CONSULTATIONS = "consultations"
    COMMENTS = "comments"
    DELEGATION = "delegation"
    ORGANISATION = "organisation"
    ROLES = "roles"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of letter."""

    name: str
    subject: Subject
    is_mailed: bool = True
    is_locked: bool = False
    opens: bool = False
    is_inner: bool = False
    is_for_heads: bool = False

    @property
    def template(self) -> str:
        """The template that its words stand in."""
        return f"notices/{self.name.replace('.', '_')}.txt"

    @property
    def is_chosen(self) -> bool:
        """Whether the reader chooses if it is mailed."""
        return not self.is_locked and not self.opens


_ALL = (
    Kind("draft.published", Subject.CONSULTATIONS),
    Kind("round.planned", Subject.CONSULTATIONS),
    Kind("round.extended", Subject.CONSULTATIONS),
    Kind("round.shortened", Subject.CONSULTATIONS),
    Kind("round.closing", Subject.CONSULTATIONS),
    Kind("round.closed", Subject.CONSULTATIONS, is_mailed=False),
    Kind("roster.invited", Subject.CONSULTATIONS),
    Kind("roster.reminded", Subject.CONSULTATIONS),
    Kind("dispositions.published", Subject.COMMENTS),
    Kind("comment.submitted", Subject.COMMENTS, is_mailed=False),
    Kind("comment.withdrawn", Subject.COMMENTS, is_mailed=False),
    Kind("comment.hidden", Subject.COMMENTS),
    Kind("comment.restored", Subject.COMMENTS),
    Kind("paper.waiting", Subject.DELEGATION, is_inner=True),
    Kind("paper.returned", Subject.DELEGATION, is_inner=True),
    Kind("remark.made", Subject.DELEGATION, is_inner=True),
    Kind("sponsor.asked", Subject.DELEGATION, is_inner=True),
    Kind("sponsor.answered", Subject.DELEGATION, is_inner=True),
    Kind("seat.invited", Subject.DELEGATION, opens=True),
    Kind("seat.reminded", Subject.DELEGATION, opens=True),
    Kind("seat.requested", Subject.DELEGATION, is_for_heads=True),
    Kind("seat.answered", Subject.DELEGATION),
    Kind("seat.given", Subject.DELEGATION),
    Kind("seat.taken", Subject.DELEGATION, is_for_heads=True),
    Kind("seat.ended", Subject.DELEGATION),
    Kind("organisation.proposed", Subject.ORGANISATION),
    Kind("organisation.headless", Subject.ORGANISATION),
    Kind("organisation.entered", Subject.ORGANISATION),
    Kind("organisation.declined", Subject.ORGANISATION),
    Kind("organisation.accredited", Subject.ORGANISATION),
    Kind("organisation.accreditation_ended", Subject.ORGANISATION),
    Kind("organisation.renamed", Subject.ORGANISATION, is_mailed=False),
    Kind("organisation.merged", Subject.ORGANISATION),
    Kind("organisation.disabled", Subject.ORGANISATION),
    Kind("organisation.restored", Subject.ORGANISATION),
    Kind("role.given", Subject.ROLES),
    Kind("role.ended", Subject.ROLES),
    Kind("account.confirm", Subject.ACCOUNT, opens=True),
    Kind("account.exists", Subject.ACCOUNT, is_locked=True),
    Kind("account.reset", Subject.ACCOUNT, opens=True),
    Kind("account.email_old", Subject.ACCOUNT, opens=True),
    Kind("account.email_new", Subject.ACCOUNT, opens=True),
    Kind("account.sign_in_link", Subject.ACCOUNT, opens=True),
    Kind("account.email_changed", Subject.ACCOUNT, is_locked=True),
    Kind("account.password_changed", Subject.ACCOUNT, is_locked=True),
    Kind("account.signed_in", Subject.ACCOUNT, is_locked=True),
    Kind("account.factor_changed", Subject.ACCOUNT, is_locked=True),
    Kind("account.takeout_ready", Subject.ACCOUNT),
)

KINDS = {kind.name: kind for kind in _ALL}
