"""Which words does the domain have, and which values may each take?

The values stand in tables, addresses and exports, so they never change; their labels are the interface's business.
"""

from enum import StrEnum

INDIVIDUAL = "individual"  # who speaks for no organisation: counted apart, never a stakeholder group


class StakeholderGroup(StrEnum):
    GOVERNMENT = "government"
    PRIVATE_SECTOR = "private_sector"
    TECHNICAL_COMMUNITY = "technical_community"
    CIVIL_SOCIETY = "civil_society"
    ACADEMIA = "academia"
    INTERGOVERNMENTAL = "intergovernmental"


class IncomeGroup(StrEnum):
    LOW = "low"
    LOWER_MIDDLE = "lower_middle"
    UPPER_MIDDLE = "upper_middle"
    HIGH = "high"


class Stance(StrEnum):
    SUPPORT = "support"
    SUPPORT_WITH_CHANGES = "support_with_changes"
    CAN_LIVE_WITH = "can_live_with"
    OBJECT = "object"
    ABSTAIN = "abstain"


class Category(StrEnum):
    GENERAL = "general"
    SUBSTANTIVE = "substantive"
    TECHNICAL = "technical"
    EDITORIAL = "editorial"
    TRANSLATION = "translation"


class Track(StrEnum):
    BILATERAL = "bilateral"
    MULTILATERAL = "multilateral"
    UNITED_NATIONS = "united_nations"
    OPEN = "open"


class Stage(StrEnum):
    PREPARING = "preparing"
    OPEN = "open"
    ADOPTED = "adopted"
    CLOSED = "closed"


class DraftKind(StrEnum):
    ZERO = "zero"
    REVISION = "revision"
    FINAL = "final"


class ClauseKind(StrEnum):
    WHOLE = "whole"
    SECTION = "section"
    CLAUSE = "clause"
    NOTE = "note"
    TABLE = "table"


class DescentKind(StrEnum):
    SPLIT = "split"
    JOINED = "joined"


class RoundKind(StrEnum):
    COMMENT = "comment"
    SILENCE = "silence"


class RoundState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class SeatKind(StrEnum):
    CONTRIBUTOR = "contributor"
    DEPUTY = "deputy"
    HEAD = "head"
    ACTING_HEAD = "acting_head"


HEADS = frozenset({SeatKind.HEAD, SeatKind.ACTING_HEAD})  # who speaks in the organisation's name


class OrganisationState(StrEnum):
    PROPOSED = "proposed"
    LISTED = "listed"
    DECLINED = "declined"
    DISABLED = "disabled"
    MERGED = "merged"


class TicketPurpose(StrEnum):
    REGISTER = "register"
    RESET = "reset"
    EMAIL_OLD = "email_old"
    EMAIL_NEW = "email_new"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    CEREMONY = "ceremony"


class FactorChange(StrEnum):
    APP_ADDED = "app_added"
    APP_REMOVED = "app_removed"
    PASSKEY_ADDED = "passkey_added"
    PASSKEY_REMOVED = "passkey_removed"
    PASSKEY_COPIED = "passkey_copied"
    CODES_MADE = "codes_made"
    CODE_USED = "code_used"
    IDENTITY_ADDED = "identity_added"
    IDENTITY_REMOVED = "identity_removed"


class SponsorState(StrEnum):
    ASKED = "asked"
    VERIFIED = "verified"
    CLEARED = "cleared"
    DECLINED = "declined"
    ENDED = "ended"


class LetterState(StrEnum):
    WRITTEN = "written"
    SENT = "sent"
    FAILED = "failed"


class RoleKind(StrEnum):
    MODERATOR = "moderator"
    TRANSLATOR = "translator"
    ADMINISTRATOR = "administrator"


class Unseated(StrEnum):
    INDIVIDUAL = "individual"  # who has an account, and neither a role nor a seat


class PartyRole(StrEnum):
    INVITED = "invited"
    PARTY = "party"
    ADDRESSED = "addressed"


class PaperState(StrEnum):
    DRAFT = "draft"
    VERIFIED = "verified"
    SUBMITTED = "submitted"
    DROPPED = "dropped"


class PositionOrigin(StrEnum):
    GIVEN = "given"
    CARRIED = "carried"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class AmendmentKind(StrEnum):
    REPLACE = "replace"
    DELETE = "delete"
    INSERT_AFTER = "insert_after"
    MOVE = "move"
    SPLIT = "split"
    JOIN = "join"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    ACCEPTED_IN_PRINCIPLE = "accepted_in_principle"
    ACCEPTED_IN_PART = "accepted_in_part"
    NOTED = "noted"
    NOT_ACCEPTED = "not_accepted"
    ANSWERED_WITH = "answered_with"
    OUT_OF_SCOPE = "out_of_scope"
    DEFERRED = "deferred"


class SettlementKind(StrEnum):
    KEEP = "keep"
    REPLACE = "replace"
    DELETE = "delete"
    INSERT = "insert"
    SPLIT = "split"
    JOIN = "join"
    MOVE = "move"


class TranslationState(StrEnum):
    MACHINE = "machine"
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"


class ModerationState(StrEnum):
    HELD = "held"
    SHOWN = "shown"
    HIDDEN = "hidden"
    RESTORED = "restored"


class UploadPurpose(StrEnum):
    DRAFT = "draft"
    EXPORT = "export"


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
