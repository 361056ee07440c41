"""What is refused where seats are given, asked for and ended, and how it is said."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date, gettext

from consult.core.terms import SeatKind
from consult.refusals import Refusal, sentence


@dataclass
class SeatOver(Refusal):
    """Who was about to act on this delegation has no seat there any more that lets her."""


@dataclass
class NotYours(Refusal):
    """An acting head neither ends the head's seat nor appoints further heads."""


@dataclass
class OthersSitThere(Refusal):
    """A moderator invites the first person of an organisation, and puts no head over others."""


@dataclass
class SeatedAlready(Refusal):
    """This person sits in the delegation already."""

    email: str


@dataclass
class AccountAlready(Refusal):
    """Who is invited to the site has an account already."""

    email: str


@dataclass
class RoleAlready(Refusal):
    """Who is invited into a role has it already."""

    email: str


@dataclass
class TooManyInvitations(Refusal):
    """As many invitations of one head are open as may be."""

    most: int


@dataclass
class InvitedTooOften(Refusal):
    """One address was invited into one delegation several times within days."""

    email: str


@dataclass
class RemindedLately(Refusal):
    """The last letter is not three days old."""

    again_at: datetime


@dataclass
class RemindedEnough(Refusal):
    """Three reminders were sent."""


@dataclass
class InvitationOver(Refusal):
    """The invitation was answered, taken back or has run out."""


@dataclass
class OrganisationNotListed(Refusal):
    """The organisation is not listed (any more): nobody is seated there."""


@dataclass
class AnotherAddress(Refusal):
    """Who accepts has another address than the one invited, and did not say that this is right."""

    invited: str
    own: str


@dataclass
class AddressHasAccount(Refusal):
    """An account with the invited address is there: it accepts, not a new one."""

    email: str


@dataclass
class LastHead(Refusal):
    """The others would be left without a head."""


@dataclass
class NotASuccessor(Refusal):
    """Whoever was chosen to take over does not sit in the delegation any more."""


@dataclass
class LastMember(Refusal):
    """Nobody would be left in the delegation, and she has not said that she knows."""


@dataclass
class ReasonMissing(Refusal):
    """An administrator ends a head's seat without saying why."""


@dataclass
class SeatMovedOn(Refusal):
    """The seat that was to be changed is not what the page showed any more."""

    kind: SeatKind | None


@dataclass
class AskedAlready(Refusal):
    """One request of this person waits with this organisation."""


@dataclass
class TooManyRequests(Refusal):
    """Many requests of this person wait already."""

    most: int


@dataclass
class AnsweredAlready(Refusal):
    """Somebody else answered first."""

    was_granted: bool | None


@sentence(SeatOver)
def seat_over(_no: SeatOver) -> str:
    return gettext(
        "Your seat in this delegation changed a moment ago and no longer lets you do this. Nothing was changed. Ask its head, or an administrator."
    )


@sentence(NotYours)
def not_yours(_no: NotYours) -> str:
    return gettext(
        "An acting head gives and takes the seats of contributors and deputies. For a head's seat, ask the head of delegation or an administrator."
    )


@sentence(OthersSitThere)
def others_sit_there(_no: OthersSitThere) -> str:
    return gettext(
        "People sit in this delegation already, so you cannot invite a first head. If it has no head, ask an administrator to appoint one."
    )


@sentence(SeatedAlready)
def seated_already(no: SeatedAlready) -> str:
    return gettext(
        "%(email)s has a seat in this delegation already. Change that seat on the delegation's page if it should be another.",
        email=no.email,
    )


@sentence(AccountAlready)
def account_already(no: AccountAlready) -> str:
    return gettext(
        "%(email)s has an account already. Invite this person into a delegation or a role.", email=no.email
    )


@sentence(RoleAlready)
def role_already(no: RoleAlready) -> str:
    return gettext("%(email)s has this role already. Nothing needs to be done.", email=no.email)


@sentence(TooManyInvitations)
def too_many_invitations(no: TooManyInvitations) -> str:
    return gettext(
        "%(most)d invitations of yours are open or were made today, which is as many as may be. Wait for answers, or take back those that are not needed and go on tomorrow.",
        most=no.most,
    )


@sentence(InvitedTooOften)
def invited_too_often(no: InvitedTooOften) -> str:
    return gettext(
        "%(email)s was invited here several times in the last three days. Speak to this person another way, or wait.",
        email=no.email,
    )


@sentence(RemindedLately)
def reminded_lately(no: RemindedLately) -> str:
    return gettext(
        "The last letter went out less than three days ago. Remind again from %(day)s.",
        day=format_date(no.again_at, "long"),
    )


@sentence(RemindedEnough)
def reminded_enough(_no: RemindedEnough) -> str:
    return gettext("Three reminders went out, which is enough. Speak to this person another way.")


@sentence(InvitationOver)
def invitation_over(_no: InvitationOver) -> str:
    return gettext(
        "This invitation was answered, taken back or has run out meanwhile. Invite anew if it is still needed."
    )


@sentence(OrganisationNotListed)
def organisation_not_listed(_no: OrganisationNotListed) -> str:
    return gettext("This organisation is not listed, so nobody can be seated there. Ask an administrator.")


@sentence(AnotherAddress)
def another_address(no: AnotherAddress) -> str:
    return gettext(
        "The invitation went to %(invited)s, and you are signed in as %(own)s. Confirm that you accept with this account, or sign in with the other.",
        invited=no.invited,
        own=no.own,
    )


@sentence(AddressHasAccount)
def address_has_account(no: AddressHasAccount) -> str:
    return gettext(
        "There is already an account with the address %(email)s. Sign in, then accept.", email=no.email
    )


@sentence(LastHead)
def last_head(_no: LastHead) -> str:
    return gettext(
        "The delegation would be left without a head, and nobody could submit in its name. Hand over first: choose who of its members becomes head, or make another member head on the delegation's page."
    )


@sentence(NotASuccessor)
def not_a_successor(_no: NotASuccessor) -> str:
    return gettext("Choose who takes over among those who sit in the delegation now.")


@sentence(LastMember)
def last_member(_no: LastMember) -> str:
    return gettext(
        "You are the only one in this delegation: once you leave, nobody will be able to submit for it, and the administrators are told. Confirm that this is what you want."
    )


@sentence(ReasonMissing)
def reason_missing(_no: ReasonMissing) -> str:
    return gettext("Say why an administrator ends a head's seat. The reason stays in the private journal.")


@sentence(SeatMovedOn)
def seat_moved_on(_no: SeatMovedOn) -> str:
    return gettext(
        "This seat was changed by somebody else meanwhile, so nothing was done. Look at the delegation's page, then decide anew."
    )


@sentence(AskedAlready)
def asked_already(_no: AskedAlready) -> str:
    return gettext(
        "Your request waits already. You see its state under “My organisations”, and can take it back there."
    )


@sentence(TooManyRequests)
def too_many_requests(no: TooManyRequests) -> str:
    return gettext(
        "%(most)d requests of yours wait for an answer, which is as many as may be. Take one back before you ask again.",
        most=no.most,
    )


@sentence(AnsweredAlready)
def answered_already(no: AnsweredAlready) -> str:
    if no.was_granted is None:
        return gettext("The request was taken back meanwhile. Nothing needs to be done.")
    if no.was_granted:
        return gettext("Somebody else granted this request first, and that answer stands.")
    return gettext("Somebody else refused this request first, and that answer stands.")
