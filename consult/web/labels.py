"""What are the domain's terms called in the interface? One word per thing, in every language."""

from enum import StrEnum
from typing import Any

from flask import Flask
from flask_babel import gettext, lazy_gettext
from flask_babel import lazy_gettext as _

from consult.core import terms

LABELS: dict[type[StrEnum], dict[str, Any]] = {
    terms.StakeholderGroup: {
        "government": _("Government"),
        "private_sector": _("Private sector"),
        "technical_community": _("Technical community"),
        "civil_society": _("Civil society"),
        "academia": _("Academia"),
        "intergovernmental": _("Intergovernmental organisation"),
    },
    terms.IncomeGroup: {
        "low": _("Low income"),
        "lower_middle": _("Lower middle income"),
        "upper_middle": _("Upper middle income"),
        "high": _("High income"),
    },
    terms.Stance: {
        "support": _("Support"),
        "support_with_changes": _("Support with changes"),
        "can_live_with": _("Can live with it"),
        "object": _("Object"),
        "abstain": _("Abstain"),
    },
    terms.Category: {
        "general": _("General"),
        "substantive": _("Substantive"),
        "technical": _("Technical"),
        "editorial": _("Editorial"),
        "translation": _("On the translation"),
    },
    terms.Track: {
        "bilateral": _("Bilateral"),
        "multilateral": _("Multilateral"),
        "united_nations": _("United Nations"),
        "open": _("Open to all"),
    },
    terms.Stage: {
        "preparing": _("In preparation"),
        "open": _("Under negotiation"),
        "adopted": _("Adopted"),
        "closed": _("Closed"),
    },
    terms.ClauseKind: {
        "whole": _("The whole draft"),
        "section": _("Section"),
        "clause": _("Clause"),
        "note": _("Footnote"),
        "table": _("Table"),
    },
    terms.RoundKind: {"comment": _("Comment round"), "silence": _("Silence procedure")},
    terms.RoundState: {"planned": _("planned"), "open": _("open"), "closed": _("closed")},
    terms.SeatKind: {
        "contributor": _("Contributor"),
        "deputy": _("Deputy"),
        "head": _("Head of delegation"),
        "acting_head": _("Acting head of delegation"),
    },
    terms.OrganisationState: {
        "proposed": _("Proposed, not entered yet"),
        "listed": _("Listed"),
        "declined": _("Declined"),
        "disabled": _("Disabled"),
        "merged": _("Merged into another"),
    },
    terms.SponsorState: {
        "asked": _("Asked to co-sponsor"),
        "verified": _("Verified, not cleared yet"),
        "cleared": _("Cleared as co-sponsor"),
        "declined": _("Declined to co-sponsor"),
        "ended": _("No longer a co-sponsor"),
    },
    terms.RoleKind: {
        "moderator": _("Moderator"),
        "translator": _("Translator"),
        "administrator": _("Administrator"),
    },
    terms.Unseated: {"individual": _("Individual")},
    terms.PartyRole: {
        "invited": _("Invited to comment"),
        "party": _("Party to the talks"),
        "addressed": _("Addressed by the guideline"),
    },
    terms.PaperState: {
        "draft": _("Draft"),
        "verified": _("Verified"),
        "submitted": _("Submitted"),
        "dropped": _("Dropped"),
    },
    terms.AmendmentKind: {
        "replace": _("Change the words"),
        "delete": _("Delete the clause"),
        "insert_after": _("Insert a clause after it"),
        "move": _("Move the clause"),
        "split": _("Split the clause"),
        "join": _("Join with the next clause"),
    },
    terms.Outcome: {
        "accepted": _("Accepted"),
        "accepted_in_principle": _("Accepted in principle"),
        "accepted_in_part": _("Accepted in part"),
        "noted": _("Noted"),
        "not_accepted": _("Not accepted"),
        "answered_with": _("Answered with another comment"),
        "out_of_scope": _("Out of scope"),
        "deferred": _("Deferred to a later round"),
    },
    terms.SettlementKind: {
        "keep": _("Keep the words"),
        "replace": _("Change the words"),
        "delete": _("Delete the clause"),
        "insert": _("Insert a clause after it"),
        "split": _("Split the clause"),
        "join": _("Join with the next clause"),
        "move": _("Move the clause"),
    },
    terms.TranslationState: {
        "machine": _("By machine, not reviewed"),
        "draft": _("Draft translation, not reviewed"),
        "in_review": _("Translation in review"),
        "reviewed": _("Reviewed translation"),
    },
}

# design/README.md: a group is a letter, a name and a colour; the letter is the first of the name in each language.
GROUP_CLASS = {
    "government": "gov",
    "private_sector": "biz",
    "technical_community": "tec",
    "civil_society": "civ",
    "academia": "aca",
    "intergovernmental": "igo",
}

STANCE_CLASS = {
    "support": "sup",
    "support_with_changes": "chg",
    "can_live_with": "live",
    "object": "obj",
    "abstain": "abs",
}

OUTCOME_CLASS = {
    "accepted": "yes",
    "accepted_in_principle": "like",
    "accepted_in_part": "part",
    "noted": "noted",
    "not_accepted": "no",
    "answered_with": "see",
    "out_of_scope": "out",
    "deferred": "later",
}

MARKS = {
    "government": lazy_gettext("G"),
    "private_sector": lazy_gettext("P"),
    "technical_community": lazy_gettext("T"),
    "civil_society": lazy_gettext("C"),
    "academia": lazy_gettext("A"),
    "intergovernmental": lazy_gettext("I"),
}


def label(term: StrEnum) -> str:
    """The label of a term in the reader's language."""
    return str(LABELS[type(term)][term.value])


def draft_label(kind: terms.DraftKind | str, ordinal: int) -> str:
    """ "Zero draft", "First revision" …; ordinal 0 is the zero draft."""
    if kind == terms.DraftKind.ZERO:
        return gettext("Zero draft")
    if kind == terms.DraftKind.FINAL:
        return gettext("Final text")
    named = {
        1: gettext("First revision"),
        2: gettext("Second revision"),
        3: gettext("Third revision"),
        4: gettext("Fourth revision"),
        5: gettext("Fifth revision"),
    }
    return named.get(ordinal) or gettext("Revision %(ordinal)d", ordinal=ordinal)


def install(app: Flask) -> None:
    """Gives the templates the labels."""
    app.jinja_env.filters["label"] = label
    app.jinja_env.filters["translation_state"] = lambda state: label(terms.TranslationState(state))
    app.jinja_env.globals.update(
        draft_label=draft_label,
        group_class=GROUP_CLASS,
        group_mark=MARKS,
        stance_class=STANCE_CLASS,
        outcome_class=OUTCOME_CLASS,
    )
