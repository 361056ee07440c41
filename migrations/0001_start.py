"""All the tables of the first walk, and the triggers that keep what was published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001_start"
down_revision = None
branch_labels = None
depends_on = None

IMMUTABLE = (
    "accreditation",
    "amendment",
    "change",
    "change_source",
    "comment",
    "descent",
    "disposition",
    "dispositions_published",
    "entry",
    "moderation",
    "round_change",
    "settlement",
    "translation",
    "withdrawal",
)

# Words may be emptied by redaction, and by nothing else; a clause text is fixed from its draft's publication on.
TEXT_REDACTED = (
    "NEW.body = '' AND OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL "
    "AND NEW.id = OLD.id AND NEW.language = OLD.language AND NEW.sha256 = OLD.sha256 AND NEW.salt = OLD.salt"
)
CLAUSE_TEXT_OPEN = "EXISTS (SELECT 1 FROM draft WHERE draft.id = OLD.draft_id AND draft.published_at IS NULL)"
CLAUSE_TEXT_LATE = (
    "EXISTS (SELECT 1 FROM draft WHERE draft.id = NEW.draft_id AND draft.published_at IS NOT NULL)"
)
DRAFT_OPEN = "OLD.published_at IS NULL"
POSITION_FLAG = (
    "OLD.is_current AND NOT NEW.is_current AND NEW.id = OLD.id AND NEW.voice_id = OLD.voice_id "
    "AND NEW.draft_id = OLD.draft_id AND NEW.clause_id = OLD.clause_id AND NEW.stance = OLD.stance "
    "AND NEW.origin = OLD.origin AND NEW.at = OLD.at"
)
RULES = (
    *((table, operation, "") for table in IMMUTABLE for operation in ("UPDATE", "DELETE")),
    ("text", "UPDATE", TEXT_REDACTED),
    ("text", "DELETE", ""),
    ("clause_text", "UPDATE", CLAUSE_TEXT_OPEN),
    ("clause_text", "DELETE", CLAUSE_TEXT_OPEN),
    ("clause_text", "INSERT", "NOT " + CLAUSE_TEXT_LATE),
    ("draft", "UPDATE", DRAFT_OPEN),
    ("draft", "DELETE", DRAFT_OPEN),
    ("position", "UPDATE", POSITION_FLAG),
    ("position", "DELETE", ""),
)


def _guard() -> None:
    dialect = op.get_bind().dialect.name
    if dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION keep_published() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME USING ERRCODE = '23514'; END $$"
        )
    for table, operation, allowed in RULES:
        when = f"WHEN (NOT ({allowed}))" if allowed else ""
        name = f"keep_{table}_{operation.lower()}"
        if dialect == "sqlite":
            op.execute(
                f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" FOR EACH ROW {when} '
                f"BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END"
            )
        else:
            _guard_postgresql(table, operation, allowed, name)


def _guard_postgresql(table: str, operation: str, allowed: str, name: str) -> None:
    # PostgreSQL's WHEN takes no subquery: such a rule is a function of its own.
    if "SELECT" not in allowed:
        when = f"WHEN (NOT ({allowed}))" if allowed else ""
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" FOR EACH ROW {when} '
            "EXECUTE FUNCTION keep_published()"
        )
        return
    answer = "OLD" if operation == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NOT ({allowed}) THEN "
        f"RAISE EXCEPTION '{table} is immutable' USING ERRCODE = '23514'; END IF; RETURN {answer}; END $$"
    )
    op.execute(
        f'CREATE TRIGGER {name} BEFORE {operation} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()'
    )


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_language", sa.String(), nullable=False),
        sa.Column(
            "stakeholder_group",
            sa.Enum(
                "government",
                "private_sector",
                "technical_community",
                "civil_society",
                "academia",
                "intergovernmental",
                name="stakeholdergroup",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("clearance_levels", sa.Integer(), nullable=False),
        sa.CheckConstraint("clearance_levels BETWEEN 1 AND 3", name=op.f("ck_organisation_clearance_levels")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pseudonym", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_person_pseudonym")),
    )
    op.create_table(
        "text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("redacted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("redaction_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name="fk_text_consultation_id", use_alter=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text")),
    )
    op.create_index(op.f("ix_text_consultation_id"), "text", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_text_sha256"), "text", ["sha256"], unique=False)
    op.create_table(
        "throttle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("window_started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_throttle")),
        sa.UniqueConstraint("key", name=op.f("uq_throttle_key")),
    )
    op.create_table(
        "accreditation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("is_accredited", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_accreditation_by_person_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_accreditation_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accreditation")),
    )
    op.create_index(
        op.f("ix_accreditation_organisation_id"), "accreditation", ["organisation_id"], unique=False
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title_text_id", sa.Integer(), nullable=False),
        sa.Column("summary_text_id", sa.Integer(), nullable=False),
        sa.Column("source_language", sa.String(), nullable=False),
        sa.Column(
            "track",
            sa.Enum(
                "bilateral",
                "multilateral",
                "united_nations",
                "open",
                name="track",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "preparing",
                "open",
                "adopted",
                "closed",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("takes_individuals", sa.Boolean(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("clause_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["summary_text_id"], ["text.id"], name=op.f("fk_consultation_summary_text_id")
        ),
        sa.ForeignKeyConstraint(["title_text_id"], ["text.id"], name=op.f("fk_consultation_title_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
        sa.UniqueConstraint("slug", name=op.f("uq_consultation_slug")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_journal_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_journal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"], unique=False)
    op.create_index(op.f("ix_journal_organisation_id"), "journal", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_journal_person_id"), "journal", ["person_id"], unique=False)
    op.create_table(
        "kept_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cookie_hash", sa.String(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (cookie_hash IS NULL)", name=op.f("ck_kept_words_one_of_two")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_words_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_words")),
    )
    op.create_index(op.f("ix_kept_words_at"), "kept_words", ["at"], unique=False)
    op.create_index(
        op.f("ix_kept_words_cookie_hash_path"), "kept_words", ["cookie_hash", "path"], unique=False
    )
    op.create_index(op.f("ix_kept_words_person_id_path"), "kept_words", ["person_id", "path"], unique=False)
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "contributor",
                "deputy",
                "head",
                name="seatkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_seat_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_seat_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
    )
    op.create_index(op.f("ix_seat_organisation_id"), "seat", ["organisation_id"], unique=False)
    op.create_index(
        "uq_seat_standing",
        "seat",
        ["person_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"], unique=False)
    op.create_table(
        "translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_text_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body_text_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "machine",
                "draft",
                "in_review",
                "reviewed",
                name="translationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_text_id"], ["text.id"], name=op.f("fk_translation_body_text_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_translation_made_by_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["translation.id"], name=op.f("fk_translation_replaces_id")),
        sa.ForeignKeyConstraint(["source_text_id"], ["text.id"], name=op.f("fk_translation_source_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_translation_replaces_id")),
    )
    op.create_index(op.f("ix_translation_source_text_id"), "translation", ["source_text_id"], unique=False)
    op.create_index(
        "uq_translation_first",
        "translation",
        ["source_text_id", "language"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(organisation_id IS NULL) <> (person_id IS NULL)", name=op.f("ck_voice_one_of_two")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_voice_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voice")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_voice_organisation_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_voice_person_id")),
    )
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("is_platform", sa.Boolean(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.CheckConstraint(
            "is_platform = (consultation_id IS NULL)", name=op.f("ck_chain_platform_has_no_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_chain_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_chain_consultation_id")),
    )
    op.create_index(
        "uq_chain_platform",
        "chain",
        ["is_platform"],
        unique=True,
        sqlite_where=sa.text("is_platform"),
        postgresql_where=sa.text("is_platform"),
    )
    op.create_table(
        "clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_clause_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause")),
        sa.UniqueConstraint("consultation_id", "code", name=op.f("uq_clause_consultation_id_code")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "zero",
                "revision",
                "final",
                name="draftkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_draft_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("consultation_id", "ordinal", name=op.f("uq_draft_consultation_id_ordinal")),
    )
    op.create_index(
        "uq_draft_unpublished",
        "draft",
        ["consultation_id"],
        unique=True,
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.create_table(
        "offered_language",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_offered_language_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offered_language")),
        sa.UniqueConstraint(
            "consultation_id", "language", name=op.f("uq_offered_language_consultation_id_language")
        ),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "invited",
                "party",
                "addressed",
                name="partyrole",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_party_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_party_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint(
            "consultation_id", "organisation_id", name=op.f("uq_party_consultation_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_party_organisation_id"), "party", ["organisation_id"], unique=False)
    op.create_table(
        "required_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column(
            "stakeholder_group",
            sa.Enum(
                "government",
                "private_sector",
                "technical_community",
                "civil_society",
                "academia",
                "intergovernmental",
                name="stakeholdergroup",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_required_group_consultation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_required_group")),
        sa.UniqueConstraint(
            "consultation_id",
            "stakeholder_group",
            name=op.f("uq_required_group_consultation_id_stakeholder_group"),
        ),
    )
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "moderator",
                "translator",
                "administrator",
                name="rolekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_role_consultation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    op.create_index(op.f("ix_role_person_id"), "role", ["person_id"], unique=False)
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "draft", "export", name="uploadpurpose", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("voice_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_upload_by_person_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_upload_consultation_id")
        ),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_upload_voice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_consultation_id"), "upload", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_upload_sha256"), "upload", ["sha256"], unique=False)
    op.create_table(
        "clause_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("parent_clause_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "whole",
                "section",
                "clause",
                "note",
                "table",
                name="clausekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("cited", sa.String(), nullable=False),
        sa.Column("section_clause_id", sa.Integer(), nullable=False),
        sa.Column("heading_text_id", sa.Integer(), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'whole') = (parent_clause_id IS NULL)", name=op.f("ck_clause_text_whole_is_root")
        ),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_text_clause_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_clause_text_draft_id")),
        sa.ForeignKeyConstraint(
            ["heading_text_id"], ["text.id"], name=op.f("fk_clause_text_heading_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_clause_id"], ["clause.id"], name=op.f("fk_clause_text_parent_clause_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_clause_id"], ["clause.id"], name=op.f("fk_clause_text_section_clause_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_clause_text_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_text")),
        sa.UniqueConstraint("draft_id", "clause_id", name=op.f("uq_clause_text_draft_id_clause_id")),
        sa.UniqueConstraint(
            "draft_id",
            "parent_clause_id",
            "position",
            name=op.f("uq_clause_text_draft_id_parent_clause_id_position"),
        ),
    )
    op.create_index(op.f("ix_clause_text_clause_id"), "clause_text", ["clause_id"], unique=False)
    op.create_index(
        op.f("ix_clause_text_draft_id_ordinal"), "clause_text", ["draft_id", "ordinal"], unique=True
    )
    op.create_table(
        "descent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("from_clause_id", sa.Integer(), nullable=False),
        sa.Column("to_clause_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "split", "joined", name="descentkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_descent_draft_id")),
        sa.ForeignKeyConstraint(["from_clause_id"], ["clause.id"], name=op.f("fk_descent_from_clause_id")),
        sa.ForeignKeyConstraint(["to_clause_id"], ["clause.id"], name=op.f("fk_descent_to_clause_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_descent")),
        sa.UniqueConstraint(
            "draft_id",
            "from_clause_id",
            "to_clause_id",
            name=op.f("uq_descent_draft_id_from_clause_id_to_clause_id"),
        ),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("actor_label", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["chain.id"], name=op.f("fk_entry_chain_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("chain_id", "position", name=op.f("uq_entry_chain_id_position")),
    )
    op.create_index(op.f("ix_entry_thing_thing_id"), "entry", ["thing", "thing_id"], unique=False)
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                "cancelled",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_job_progress")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_job_asked_by_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_job_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_job_kind_key")),
    )
    op.create_index(op.f("ix_job_state_run_after"), "job", ["state", "run_after"], unique=False)
    op.create_table(
        "outline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("read", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("steps", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_outline_by_person_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_outline_consultation_id")
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_outline_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outline")),
        sa.UniqueConstraint("key", name=op.f("uq_outline_key")),
    )
    op.create_index(op.f("ix_outline_consultation_id"), "outline", ["consultation_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comment", "silence", name="roundkind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_round_opens_before_it_closes")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_round_consultation_id")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_round_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("consultation_id", "ordinal", name=op.f("uq_round_consultation_id_ordinal")),
    )
    op.create_index(op.f("ix_round_draft_id"), "round", ["draft_id"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "keep",
                "replace",
                "delete",
                "insert",
                "split",
                "join",
                "move",
                name="settlementkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("heading_text_id", sa.Integer(), nullable=True),
        sa.Column("after_clause_id", sa.Integer(), nullable=True),
        sa.Column("joined_clause_id", sa.Integer(), nullable=True),
        sa.Column("parts", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("choices", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["after_clause_id"], ["clause.id"], name=op.f("fk_settlement_after_clause_id")
        ),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_settlement_by_person_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_settlement_clause_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_settlement_draft_id")),
        sa.ForeignKeyConstraint(["heading_text_id"], ["text.id"], name=op.f("fk_settlement_heading_text_id")),
        sa.ForeignKeyConstraint(
            ["joined_clause_id"], ["clause.id"], name=op.f("fk_settlement_joined_clause_id")
        ),
        sa.ForeignKeyConstraint(["text_id"], ["text.id"], name=op.f("fk_settlement_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint(
            "draft_id", "clause_id", "edition", name=op.f("uq_settlement_draft_id_clause_id_edition")
        ),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_theme_clause_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_theme_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("draft_id", "clause_id", "name", name=op.f("uq_theme_draft_id_clause_id_name")),
    )
    op.create_table(
        "upload_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_upload_part_upload_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_part")),
        sa.UniqueConstraint("upload_id", "ordinal", name=op.f("uq_upload_part_upload_id_ordinal")),
    )
    op.create_table(
        "bracket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_text_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_attributed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_text_id"], ["clause_text.id"], name=op.f("fk_bracket_clause_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bracket")),
        sa.UniqueConstraint("clause_text_id", "ordinal", name=op.f("uq_bracket_clause_text_id_ordinal")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settlement_id", sa.Integer(), nullable=False),
        sa.Column("old_start", sa.Integer(), nullable=False),
        sa.Column("old_end", sa.Integer(), nullable=False),
        sa.Column("new_start", sa.Integer(), nullable=False),
        sa.Column("new_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["settlement_id"], ["settlement.id"], name=op.f("fk_change_settlement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_settlement_id"), "change", ["settlement_id"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "general",
                "substantive",
                "technical",
                "editorial",
                "translation",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "stance",
            sa.Enum(
                "support",
                "support_with_changes",
                "can_live_with",
                "object",
                "abstain",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reasons_text_id", sa.Integer(), nullable=False),
        sa.Column("read_text_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_comment_author_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_comment_clause_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_comment_consultation_id")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_comment_draft_id")),
        sa.ForeignKeyConstraint(["read_text_id"], ["text.id"], name=op.f("fk_comment_read_text_id")),
        sa.ForeignKeyConstraint(["reasons_text_id"], ["text.id"], name=op.f("fk_comment_reasons_text_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_comment_round_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["comment.id"], name=op.f("fk_comment_supersedes_id")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_comment_voice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_comment_consultation_id_number")),
        sa.UniqueConstraint("supersedes_id", name=op.f("uq_comment_supersedes_id")),
        sa.UniqueConstraint("voice_id", "form_key", name=op.f("uq_comment_voice_id_form_key")),
    )
    op.create_index(
        op.f("ix_comment_draft_id_clause_id_number"),
        "comment",
        ["draft_id", "clause_id", "number"],
        unique=False,
    )
    op.create_index(op.f("ix_comment_round_id"), "comment", ["round_id"], unique=False)
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_disclosure_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("entry_id", "field", name=op.f("uq_disclosure_entry_id_field")),
    )
    op.create_table(
        "dispositions_published",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_dispositions_published_by_person_id")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_dispositions_published_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispositions_published")),
        sa.UniqueConstraint("round_id", name=op.f("uq_dispositions_published_round_id")),
    )
    op.create_table(
        "round_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_round_change_by_person_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_round_change_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_change")),
    )
    op.create_index(op.f("ix_round_change_round_id"), "round_change", ["round_id"], unique=False)
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "replace",
                "delete",
                "insert_after",
                "move",
                "split",
                "join",
                name="amendmentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("base_text_id", sa.Integer(), nullable=False),
        sa.Column("proposed_text_id", sa.Integer(), nullable=True),
        sa.Column("target_clause_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["base_text_id"], ["text.id"], name=op.f("fk_amendment_base_text_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_amendment_comment_id")),
        sa.ForeignKeyConstraint(
            ["proposed_text_id"], ["text.id"], name=op.f("fk_amendment_proposed_text_id")
        ),
        sa.ForeignKeyConstraint(
            ["target_clause_id"], ["clause.id"], name=op.f("fk_amendment_target_clause_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_amendment_comment_id")),
    )
    op.create_table(
        "bracket_option",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bracket_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["bracket_id"], ["bracket.id"], name=op.f("fk_bracket_option_bracket_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_bracket_option_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bracket_option")),
        sa.UniqueConstraint("bracket_id", "ordinal", name=op.f("uq_bracket_option_bracket_id_ordinal")),
    )
    op.create_table(
        "change_source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("editorial_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(comment_id IS NULL) <> (editorial_by_id IS NULL)", name=op.f("ck_change_source_one_of_two")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_change_source_change_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_change_source_comment_id")),
        sa.ForeignKeyConstraint(
            ["editorial_by_id"], ["person.id"], name=op.f("fk_change_source_editorial_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_source")),
    )
    op.create_index(op.f("ix_change_source_change_id"), "change_source", ["change_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "verified",
                "submitted",
                "dropped",
                name="paperstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "stance",
            sa.Enum(
                "support",
                "support_with_changes",
                "can_live_with",
                "object",
                "abstain",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "category",
            sa.Enum(
                "general",
                "substantive",
                "technical",
                "editorial",
                "translation",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("read_text_id", sa.Integer(), nullable=False),
        sa.Column(
            "amendment_kind",
            sa.Enum(
                "replace",
                "delete",
                "insert_after",
                "move",
                "split",
                "join",
                name="amendmentkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("proposed", sa.String(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.Column("private_notes", sa.String(), nullable=False),
        sa.Column("is_sent", sa.Boolean(), nullable=False),
        sa.Column("returned_words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_contribution_author_id")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_contribution_changed_by_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_contribution_clause_id")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_contribution_consultation_id")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_contribution_draft_id")),
        sa.ForeignKeyConstraint(["read_text_id"], ["text.id"], name=op.f("fk_contribution_read_text_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_contribution_round_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["comment.id"], name=op.f("fk_contribution_supersedes_id")
        ),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_contribution_voice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint("key", name=op.f("uq_contribution_key")),
        sa.UniqueConstraint("voice_id", "form_key", name=op.f("uq_contribution_voice_id_form_key")),
    )
    op.create_index(
        op.f("ix_contribution_consultation_id_voice_id_state"),
        "contribution",
        ["consultation_id", "voice_id", "state"],
        unique=False,
    )
    op.create_table(
        "disposition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "accepted_in_principle",
                "accepted_in_part",
                "noted",
                "not_accepted",
                "answered_with",
                "out_of_scope",
                "deferred",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answer_text_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("words_text_id", sa.Integer(), nullable=True),
        sa.Column("answered_with_comment_id", sa.Integer(), nullable=True),
        sa.Column("deferred_to_round_id", sa.Integer(), nullable=True),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answer_text_id"], ["text.id"], name=op.f("fk_disposition_answer_text_id")),
        sa.ForeignKeyConstraint(
            ["answered_with_comment_id"], ["comment.id"], name=op.f("fk_disposition_answered_with_comment_id")
        ),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_disposition_by_person_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_disposition_comment_id")),
        sa.ForeignKeyConstraint(
            ["deferred_to_round_id"], ["round.id"], name=op.f("fk_disposition_deferred_to_round_id")
        ),
        sa.ForeignKeyConstraint(["replaces_id"], ["disposition.id"], name=op.f("fk_disposition_replaces_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_disposition_round_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_disposition_theme_id")),
        sa.ForeignKeyConstraint(["words_text_id"], ["text.id"], name=op.f("fk_disposition_words_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposition")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_disposition_replaces_id")),
    )
    op.create_index(op.f("ix_disposition_comment_id"), "disposition", ["comment_id"], unique=False)
    op.create_index(op.f("ix_disposition_round_id"), "disposition", ["round_id"], unique=False)
    op.create_index(
        "uq_disposition_first",
        "disposition",
        ["comment_id", "round_id"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.create_table(
        "moderation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "shown",
                "hidden",
                "restored",
                name="moderationstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_moderation_by_person_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_moderation_comment_id")),
        sa.ForeignKeyConstraint(["replaces_id"], ["moderation.id"], name=op.f("fk_moderation_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_moderation_replaces_id")),
    )
    op.create_index(
        "uq_moderation_first",
        "moderation",
        ["comment_id"],
        unique=True,
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "support",
                "support_with_changes",
                "can_live_with",
                "object",
                "abstain",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column(
            "origin",
            sa.Enum(
                "given",
                "carried",
                "confirmed",
                "withdrawn",
                name="positionorigin",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "stance <> 'object' OR comment_id IS NOT NULL", name=op.f("ck_position_objection_has_reasons")
        ),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_position_by_person_id")),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_position_clause_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_position_comment_id")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_position_draft_id")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_position_voice_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    op.create_index(
        op.f("ix_position_draft_id_clause_id"), "position", ["draft_id", "clause_id"], unique=False
    )
    op.create_index(
        "uq_position_current",
        "position",
        ["voice_id", "draft_id", "clause_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "theme_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_theme_comment_comment_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_theme_comment_round_id")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_comment_theme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_comment")),
        sa.UniqueConstraint("comment_id", "round_id", name=op.f("uq_theme_comment_comment_id_round_id")),
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_person_id"], ["person.id"], name=op.f("fk_withdrawal_by_person_id")),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_withdrawal_comment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_withdrawal_comment_id")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key("fk_text_consultation_id", "text", "consultation", ["consultation_id"], ["id"])
    _guard()


def downgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for table, operation, _allowed in RULES:
        where = f' ON "{table}"' if is_postgresql else ""
        op.execute(f"DROP TRIGGER keep_{table}_{operation.lower()}{where}")
    if is_postgresql:
        op.drop_constraint("fk_text_consultation_id", "text", type_="foreignkey")
        for name in (
            "keep_clause_text_update",
            "keep_clause_text_delete",
            "keep_clause_text_insert",
            "keep_published",
        ):
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table("withdrawal")
    op.drop_table("theme_comment")
    op.drop_index(
        "uq_position_current",
        table_name="position",
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.drop_index(op.f("ix_position_draft_id_clause_id"), table_name="position")
    op.drop_table("position")
    op.drop_index(
        "uq_moderation_first",
        table_name="moderation",
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.drop_table("moderation")
    op.drop_index(
        "uq_disposition_first",
        table_name="disposition",
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.drop_index(op.f("ix_disposition_round_id"), table_name="disposition")
    op.drop_index(op.f("ix_disposition_comment_id"), table_name="disposition")
    op.drop_table("disposition")
    op.drop_index(op.f("ix_contribution_consultation_id_voice_id_state"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_change_source_change_id"), table_name="change_source")
    op.drop_table("change_source")
    op.drop_table("bracket_option")
    op.drop_table("amendment")
    op.drop_index(op.f("ix_round_change_round_id"), table_name="round_change")
    op.drop_table("round_change")
    op.drop_table("dispositions_published")
    op.drop_table("disclosure")
    op.drop_index(op.f("ix_comment_round_id"), table_name="comment")
    op.drop_index(op.f("ix_comment_draft_id_clause_id_number"), table_name="comment")
    op.drop_table("comment")
    op.drop_index(op.f("ix_change_settlement_id"), table_name="change")
    op.drop_table("change")
    op.drop_table("bracket")
    op.drop_table("upload_part")
    op.drop_table("theme")
    op.drop_table("settlement")
    op.drop_index(op.f("ix_round_draft_id"), table_name="round")
    op.drop_table("round")
    op.drop_index(op.f("ix_outline_consultation_id"), table_name="outline")
    op.drop_table("outline")
    op.drop_index(op.f("ix_job_state_run_after"), table_name="job")
    op.drop_table("job")
    op.drop_index(op.f("ix_entry_thing_thing_id"), table_name="entry")
    op.drop_table("entry")
    op.drop_table("descent")
    op.drop_index(op.f("ix_clause_text_draft_id_ordinal"), table_name="clause_text")
    op.drop_index(op.f("ix_clause_text_clause_id"), table_name="clause_text")
    op.drop_table("clause_text")
    op.drop_index(op.f("ix_upload_sha256"), table_name="upload")
    op.drop_index(op.f("ix_upload_consultation_id"), table_name="upload")
    op.drop_table("upload")
    op.drop_index(op.f("ix_role_person_id"), table_name="role")
    op.drop_table("role")
    op.drop_table("required_group")
    op.drop_index(op.f("ix_party_organisation_id"), table_name="party")
    op.drop_table("party")
    op.drop_table("offered_language")
    op.drop_index(
        "uq_draft_unpublished",
        table_name="draft",
        sqlite_where=sa.text("published_at IS NULL"),
        postgresql_where=sa.text("published_at IS NULL"),
    )
    op.drop_table("draft")
    op.drop_table("clause")
    op.drop_index(
        "uq_chain_platform",
        table_name="chain",
        sqlite_where=sa.text("is_platform"),
        postgresql_where=sa.text("is_platform"),
    )
    op.drop_table("chain")
    op.drop_table("voice")
    op.drop_index(
        "uq_translation_first",
        table_name="translation",
        sqlite_where=sa.text("replaces_id IS NULL"),
        postgresql_where=sa.text("replaces_id IS NULL"),
    )
    op.drop_index(op.f("ix_translation_source_text_id"), table_name="translation")
    op.drop_table("translation")
    op.drop_index(op.f("ix_session_person_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(
        "uq_seat_standing",
        table_name="seat",
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )
    op.drop_index(op.f("ix_seat_organisation_id"), table_name="seat")
    op.drop_table("seat")
    op.drop_index(op.f("ix_kept_words_person_id_path"), table_name="kept_words")
    op.drop_index(op.f("ix_kept_words_cookie_hash_path"), table_name="kept_words")
    op.drop_index(op.f("ix_kept_words_at"), table_name="kept_words")
    op.drop_table("kept_words")
    op.drop_index(op.f("ix_journal_person_id"), table_name="journal")
    op.drop_index(op.f("ix_journal_organisation_id"), table_name="journal")
    op.drop_index(op.f("ix_journal_at"), table_name="journal")
    op.drop_table("journal")
    op.drop_table("consultation")
    op.drop_index(op.f("ix_accreditation_organisation_id"), table_name="accreditation")
    op.drop_table("accreditation")
    op.drop_table("throttle")
    op.drop_index(op.f("ix_text_sha256"), table_name="text")
    op.drop_index(op.f("ix_text_consultation_id"), table_name="text")
    op.drop_table("text")
    op.drop_table("person")
    op.drop_table("organisation")
