"""What is each kind of letter called, and what does a letter say of why it was written?"""

from typing import Any

from babel.lists import format_list
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from consult.core.terms import FactorChange
from consult.notices.kinds import Subject
from consult.web.locale import spoken

MOST_NUMBERS = 40

SUBJECTS: dict[Subject, Any] = {
    Subject.CONSULTATIONS: _("Consultations that you take part in or follow"),
    Subject.COMMENTS: _("Your comments, and what becomes of them"),
    Subject.DELEGATION: _("Work in your delegation"),
    Subject.ORGANISATION: _("Your organisation"),
    Subject.ROLES: _("Your roles"),
    Subject.ACCOUNT: _("Your account"),
}

LABELS: dict[str, Any] = {
    "draft.published": _("A draft was published"),
    "round.planned": _("A round was planned"),
    "round.extended": _("A round was extended"),
    "round.shortened": _("A round was shortened"),
    "round.closing": _("A round closes soon"),
    "round.closed": _("A round has closed"),
    "roster.invited": _("Your organisation is invited to a consultation"),
    "roster.reminded": _("A reminder that your organisation is invited"),
    "dispositions.published": _("Your comments were answered"),
    "comment.submitted": _("A comment was submitted in your name"),
    "comment.withdrawn": _("A comment of yours was withdrawn"),
    "comment.hidden": _("A comment of yours was hidden"),
    "comment.restored": _("A comment of yours is shown again"),
    "paper.waiting": _("A contribution waits for you to clear it"),
    "paper.returned": _("A contribution came back to you"),
    "remark.made": _("Somebody of your delegation wrote a remark"),
    "sponsor.asked": _("Your organisation is asked to co-sponsor"),
    "sponsor.answered": _("An organisation answered whether it co-sponsors"),
    "seat.invited": _("You are invited"),
    "seat.reminded": _("A reminder that you are invited"),
    "seat.requested": _("Somebody asks to represent an organisation"),
    "seat.answered": _("Your request to represent an organisation was answered"),
    "seat.given": _("You have a seat in a delegation"),
    "seat.taken": _("Somebody took a seat in your delegation"),
    "seat.ended": _("Your seat in a delegation ended"),
    "organisation.proposed": _("An organisation was proposed"),
    "organisation.headless": _("An organisation has no head of delegation"),
    "organisation.entered": _("The organisation that you proposed was entered"),
    "organisation.declined": _("The organisation that you proposed was declined"),
    "organisation.accredited": _("Your organisation was accredited"),
    "organisation.accreditation_ended": _("The accreditation of your organisation ended"),
    "organisation.renamed": _("Your organisation was renamed"),
    "organisation.merged": _("Your organisation was merged into another"),
    "organisation.disabled": _("Your organisation was disabled"),
    "organisation.restored": _("Your organisation was restored"),
    "role.given": _("You were given a role"),
    "role.ended": _("A role of yours ended"),
    "account.confirm": _("Confirm your address"),
    "account.exists": _("Somebody tried to register with your address"),
    "account.reset": _("Choose a new password"),
    "account.email_old": _("Confirm that you change your address"),
    "account.email_new": _("Confirm your new address"),
    "account.sign_in_link": _("A link that signs you in"),
    "account.email_changed": _("Your address was changed"),
    "account.password_changed": _("Your password was changed"),
    "account.signed_in": _("Somebody signed in to your account"),
    "account.factor_changed": _("A second factor was added or taken away"),
    "account.takeout_ready": _("Your data can be downloaded"),
}

REASONS: dict[str, Any] = {
    "roster": _(
        "You get this letter because %(organisation)s, in whose delegation you sit, is invited to this consultation."
    ),
    "spoken": _(
        "You get this letter because you, or an organisation in whose delegation you sit, have spoken in this consultation."
    ),
    "follows": _("You get this letter because you follow this consultation."),
    "moderates": _("You get this letter because you moderate this consultation."),
    "delegation": _("You get this letter because you sit in the delegation of %(organisation)s."),
    "herself": _("You get this letter because it is about you."),
    "head": _("You get this letter because you head the delegation of %(organisation)s."),
    "seat": _("You get this letter because it is about your seat in the delegation of %(organisation)s."),
    "proposer": _("You get this letter because you proposed %(organisation)s."),
    "asker": _("You get this letter because you asked to represent %(organisation)s."),
    "administrator": _("You get this letter because you administer this site."),
    "invited": _(
        "You get this letter because somebody gave your address to invite you. It is kept for this invitation only."
    ),
    "account": _(
        "You get this letter because it is about an account with this address, or one that is to be opened."
    ),
}

FACTORS: dict[FactorChange, Any] = {
    FactorChange.APP_ADDED: _(
        "An authenticator app was added to your account: its codes are asked for when you sign in."
    ),
    FactorChange.APP_REMOVED: _(
        "The authenticator app was taken away from your account: its codes open nothing any more."
    ),
    FactorChange.PASSKEY_ADDED: _("A passkey was added to your account: it signs you in."),
    FactorChange.PASSKEY_REMOVED: _("A passkey was taken away from your account: it opens nothing any more."),
    FactorChange.PASSKEY_COPIED: _(
        "A passkey of your account may have been copied: it was shown with an old counter, and refused."
    ),
    FactorChange.CODES_MADE: _(
        "New recovery codes were made for your account: those from before open nothing any more."
    ),
    FactorChange.CODE_USED: _(
        "A recovery code of your account was used to sign in; it cannot be used again."
    ),
    FactorChange.IDENTITY_ADDED: _("An account at another site was linked to yours: it signs you in."),
    FactorChange.IDENTITY_REMOVED: _(
        "The account at another site is no longer linked to yours: it signs you in no more."
    ),
}


def because(why: str | None, organisation: str | None) -> str:
    """Why somebody gets a letter."""
    sentence = str(REASONS[why or "herself"])
    if "%(organisation)s" not in sentence:
        return sentence
    named = organisation or gettext("your organisation")
    return sentence % {"organisation": named}


def factor_changed(what: str) -> str:
    """What changed in how she signs in."""
    return str(FACTORS[FactorChange(what)])


def numbered(numbers: list[int]) -> str:
    """The numbers of comments, as documents cite them; of very many the first."""
    cited = [f"#{number}" for number in numbers[:MOST_NUMBERS]]
    more = ["…"] if len(numbers) > MOST_NUMBERS else []
    return str(format_list([*cited, *more], locale=spoken()))
