"""Which rows hold something of a person? Every column that names one, what she takes along, and what leaving does.

A test reads all tables and fails where a column that names a person, her own voice, a sign-in, a ticket or a letter
of hers stands neither here nor among the exceptions; and where a column of such a row is not spoken of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Under which heading she finds it."""

    ACCOUNT = "account"
    SIGN_IN = "sign_in"
    SEATS = "seats"
    ASKED = "asked"
    PAPERS = "papers"
    COMMENTS = "comments"
    LETTERS = "letters"
    OFFICE = "office"
    JOURNAL = "journal"


class Leaving(StrEnum):
    """What becomes of the rows when she leaves."""

    GOES = "goes"  # deleted
    EMPTIED = "emptied"  # the row stays, its words go
    STAYS = "stays"  # under her pseudonym: a number that leads to no name any more


@dataclass(frozen=True, slots=True)
class Held:
    """A column that names her. Of such rows she gets the columns `given`; of the `hidden` ones she is told that they
    are there; what is `left` belongs to others or says nothing ("*": all others, for the reason in `why`)."""

    kind: Kind
    given: str
    leaving: Leaving
    hidden: str = ""
    left: str = ""
    why: str = ""
    emptied: Mapping[str, Any] = field(default_factory=dict)


OTHERS = "the rest is the work of others, or stands in public"
GOES, EMPTIED, STAYS = Leaving.GOES, Leaving.EMPTIED, Leaving.STAYS
ACCOUNT, SIGN_IN, SEATS, ASKED, PAPERS, COMMENTS, LETTERS, OFFICE, JOURNAL = Kind


def _office(given: str, left: str = "*") -> Held:
    """What she did as moderator, translator or administrator: it is the consultation's, and stays."""
    return Held(OFFICE, given, STAYS, left=left, why=OTHERS)


PLACE = "consultation_id round_id draft_id clause_id"
INVITED = (
    "language organisation_id seat_kind role_kind role_language consultation_id made_at ends_at accepted_at "
    "revoked_at declined_at reminded_at reminder_count"
)

HELD: Mapping[tuple[str, str], Held] = {
    ("person", "id"): Held(
        ACCOUNT,
        "pseudonym email name language time_zone created_at has_alerts",
        EMPTIED,
        hidden="password_hash totp_secret",
        left="erased_at totp_step",
    ),
    ("voice", "person_id"): Held(ACCOUNT, "", STAYS, left="organisation_id"),
    ("following", "person_id"): Held(LETTERS, "kind is_mailed at", GOES),
    ("follower", "person_id"): Held(LETTERS, "consultation_id at", GOES),
    ("letter", "person_id"): Held(
        LETTERS,
        "kind email language time_zone consultation_id is_in_inbox is_mailed state written_at sent_at read_at",
        GOES,
        left="*",
        why="how it was sent; what it says is looked up anew each time it is read",
    ),
    ("takeout", "person_id"): Held(
        ACCOUNT, "asked_at made_at", GOES, hidden="key content", left="sign_in_id"
    ),
    ("session", "person_id"): Held(
        SIGN_IN,
        "started_at ends_at revoked_at device seen_at is_strong confirmed_at",
        GOES,
        hidden="token_hash",
    ),
    ("ticket", "person_id"): Held(
        SIGN_IN,
        "purpose email language made_at ends_at used_at",
        GOES,
        hidden="key facts",
    ),
    ("passkey", "person_id"): Held(
        SIGN_IN,
        "name made_at used_at sign_count transports",
        GOES,
        hidden="credential_id public_key",
    ),
    ("recovery_code", "person_id"): Held(SIGN_IN, "made_at used_at", GOES, hidden="code_hash"),
    ("identity", "person_id"): Held(SIGN_IN, "issuer subject made_at used_at", GOES),
    ("seat", "person_id"): Held(SEATS, "organisation_id kind since until", STAYS),
    ("role", "person_id"): Held(SEATS, "kind consultation_id language since until", STAYS),
    # Emptied, it would read as if there were none.
    ("interest", "person_id"): Held(SEATS, "consultation_id words at", GOES),
    ("seat_request", "person_id"): Held(
        ASKED,
        "organisation_id words at decided_at is_granted",
        EMPTIED,
        left="key decided_by_id answer",
        emptied={"words": "", "answer": ""},
    ),
    ("proposal", "by_person_id"): Held(
        ASKED,
        "organisation_id words at decided_at",
        EMPTIED,
        left="decided_by_id answer",
        emptied={"words": "", "answer": ""},
    ),
    ("invitation", "accepted_by_id"): Held(
        ASKED,
        f"email name {INVITED}",
        EMPTIED,
        hidden="key",
        left="words by_person_id",
        emptied={"email": None, "name": "", "words": ""},
    ),
    ("invitation", "by_person_id"): Held(
        ASKED,
        f"words {INVITED}",
        EMPTIED,
        hidden="key",
        left="email name accepted_by_id",
        emptied={"words": ""},
    ),
    ("kept_words", "person_id"): Held(PAPERS, "path fields at", GOES, left="cookie_hash"),
    ("contribution", "author_id"): Held(
        PAPERS,
        f"key {PLACE} edition state stance category language amendment_kind supersedes_id reasons proposed "
        "private_notes is_sent sent_at written_at changed_at names_author",
        STAYS,  # of a delegation; those of an individual go
        left="form_key voice_id read_text_id returned_words changed_by_id",
    ),
    ("contribution", "changed_by_id"): Held(PAPERS, f"key {PLACE} changed_at", STAYS, left="*", why=OTHERS),
    ("contribution_edition", "by_person_id"): Held(
        PAPERS,
        "contribution_id edition stance category language reasons amendment_kind proposed at is_verified",
        STAYS,
    ),
    ("remark", "author_id"): Held(
        PAPERS, "consultation_id contribution_id words at", STAYS, left="key voice_id form_key"
    ),
    ("inner_deadline", "by_person_id"): Held(PAPERS, "round_id closes_at at", STAYS, left="voice_id"),
    ("sponsorship", "asked_by_id"): Held(
        PAPERS,
        "contribution_id asked_at",
        STAYS,
        left="*",
        why="what the other organisation answered is theirs",
    ),
    ("sponsorship", "decided_by_id"): Held(
        PAPERS, "state edition words decided_at", STAYS, left="*", why="the paper is the other organisation's"
    ),
    ("comment", "author_id"): Held(
        COMMENTS,
        f"number {PLACE} category stance reasons_text_id supersedes_id received_at names_author quote",
        STAYS,
        left="voice_id read_text_id form_key",
    ),
    ("co_sponsor", "by_person_id"): Held(COMMENTS, "comment_id since until", STAYS, left="voice_id"),
    ("position", "by_person_id"): Held(
        COMMENTS, "draft_id clause_id stance comment_id origin at is_current", STAYS, left="voice_id"
    ),
    ("position", "voice_id"): Held(
        COMMENTS, "draft_id clause_id stance comment_id origin at is_current", STAYS, left="by_person_id"
    ),
    ("withdrawal", "by_person_id"): Held(COMMENTS, "comment_id at", STAYS),
    ("accreditation", "by_person_id"): _office("organisation_id is_accredited reason at"),
    ("merger", "by_person_id"): _office("organisation_id into_id reason at"),
    ("mandate", "by_person_id"): _office("organisation_id file_name media_type size sha256 at"),
    ("seat_request", "decided_by_id"): _office("organisation_id decided_at is_granted answer"),
    ("proposal", "decided_by_id"): _office("organisation_id decided_at answer"),
    ("translation", "made_by_id"): _office("language state at"),
    ("round_change", "by_person_id"): _office("round_id closes_at reason at"),
    ("party_reminder", "by_person_id"): _office("at"),
    ("roster_import", "by_person_id"): _office("consultation_id at confirmed_at"),
    ("outline", "by_person_id"): _office("consultation_id at confirmed_at"),
    ("upload", "by_person_id"): _office("consultation_id file_name media_type size sha256 purpose at"),
    ("moderation", "by_person_id"): _office("comment_id state reason at"),
    ("disposition", "by_person_id"): _office("comment_id round_id outcome at"),
    ("dispositions_published", "by_person_id"): _office("round_id at"),
    ("settlement", "by_person_id"): _office("draft_id clause_id edition kind at"),
    ("change_source", "editorial_by_id"): _office(""),
    ("job", "asked_by_id"): Held(
        JOURNAL,
        "kind state run_after",
        EMPTIED,
        left="*",
        why="how the program did it",
        emptied={"asked_by_id": None, "error": None},
    ),
    ("journal", "person_id"): Held(JOURNAL, "at organisation_id act facts", EMPTIED, emptied={"facts": {}}),
}

EXCEPTIONS: Mapping[tuple[str, str], str] = {
    ("takeout", "sign_in_id"): "the same rows are found by the person",
    ("comment", "voice_id"): "an individual's comments are found by their author",
    ("contribution", "voice_id"): "an individual's papers are found by their author",
    ("remark", "voice_id"): "only a delegation has a discussion",
    ("inner_deadline", "voice_id"): "only a delegation has a deadline of its own",
    ("sponsorship", "voice_id"): "only organisations are asked to co-sponsor",
    ("co_sponsor", "voice_id"): "only organisations co-sponsor",
    ("upload", "voice_id"): "files are found by who handed them in",
}
"""Columns that lead to a person, and why her rows are not looked for there."""
