"""The rows that are measured on: 500 clauses in 25 sections, 5,000 comments by 200 organisations, 100 on one clause."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.models import Amendment, Comment, Position
from consult.core.terms import (
    AmendmentKind,
    Category,
    ClauseKind,
    PositionOrigin,
    SeatKind,
    StakeholderGroup,
    Stance,
    Track,
)
from consult.core.text import sha256_of
from consult.db import begin_writing, commit
from consult.drafts import acts as drafts
from consult.drafts.models import Consultation, Draft
from consult.drafts.reads import ClauseLine, tree
from consult.languages.models import Text
from consult.people.acts import start_sign_in
from consult.people.models import Person, Voice
from consult.rounds import acts as rounds
from consult.rounds.models import Round
from tests import build

WORDS = (
    "Test results should be shared with the competent authority of each country in which the system is offered, "
    "without undue delay, in a language that the authority accepts, and in a form that others can repeat."
)
REASONS = "A short delay leaves a market exposed for the whole release cycle of most consumer systems, and helps nobody."


@dataclass(frozen=True, slots=True)
class Made:
    """What the measurement needs to know of the rows."""

    slug: str
    section: str
    busy: str
    quiet: tuple[str, ...]
    head_token: str
    moderator_token: str
    text_ids: tuple[int, ...]


def make(
    session: Session, *, clauses: int = 500, comments: int = 5000, busy: int = 100, slug: str = "measured"
) -> Made:
    """A closed or open round full of comments; answers where to look."""
    begin_writing(session)
    moderator = build.a_moderator(session)
    actor = build.acting(session, moderator)
    new = drafts.NewConsultation(
        "Measured guidelines", "For measuring.", "en", ("en",), Track.OPEN, (), slug=slug
    )
    consultation = drafts.start_consultation(session, actor, new)
    draft = drafts.add_draft(session, actor, consultation, _clauses(clauses))
    drafts.publish_draft(session, actor, draft)
    at = clock.now()
    round_ = rounds.plan_round(session, actor, consultation, draft, at, at + timedelta(days=30))
    organisations = [
        build.an_organisation(session, group=group) for group, _ in zip(cycle(StakeholderGroup), range(200))
    ]
    head = build.a_delegate(session, organisations[0], seat=SeatKind.HEAD)
    commit(session)
    begin_writing(session)
    lines = [line for line in tree(session, draft.id) if line.kind is ClauseKind.CLAUSE]
    _say(session, consultation, draft, round_, lines, comments, busy)
    tokens = [start_sign_in(session, person, timedelta(days=1)) for person in (head, moderator)]
    commit(session)
    sections = {line.clause_id: line for line in tree(session, draft.id)}
    return Made(
        consultation.slug,
        sections[lines[0].section_id].code,
        lines[0].code,
        tuple(line.code for line in lines[1:]),
        *tokens,
        tuple(line.text_id for line in lines[:100]),
    )


def _clauses(count: int) -> list[drafts.NewClause]:
    new = []
    for number in range(count):
        section, within = divmod(number, 20)
        if within == 0:
            heading = f"Section {section + 1}"
            new.append(drafts.NewClause(ClauseKind.SECTION, 0, str(section + 1), heading, ""))
        words = f"{WORDS} This is provision {number + 1}."
        new.append(drafts.NewClause(ClauseKind.CLAUSE, 1, f"{section + 1}.{within + 1}", "", words))
    return new


def _say(
    session: Session,
    consultation: Consultation,
    draft: Draft,
    round_: Round,
    lines: list[ClauseLine],
    count: int,
    busy: int,
) -> None:
    voices = session.scalars(
        select(Voice.id).where(Voice.organisation_id.is_not(None)).order_by(Voice.id)
    ).all()
    author = session.scalars(select(Person.id)).first()
    first_text = (session.scalar(select(Text.id).order_by(Text.id.desc()).limit(1)) or 0) + 1
    first_comment = session.scalar(select(func.coalesce(func.max(Comment.id), 0))) or 0
    on = [lines[0]] * busy + [line for line, _ in zip(cycle(lines[1:]), range(count - busy))]
    stances = cycle(
        (Stance.SUPPORT, Stance.SUPPORT, Stance.SUPPORT_WITH_CHANGES, Stance.CAN_LIVE_WITH, Stance.OBJECT)
    )
    texts, comments, amendments, positions = [], [], [], []
    bodies = {text.id: text.body for text in session.scalars(select(Text))}
    taken: set[tuple[int, int]] = set()
    for number, (line, stance) in enumerate(zip(on, stances, strict=False), start=1):
        voice = voices[(number * 7) % len(voices)]
        while (voice, line.clause_id) in taken:
            voice = voices[(voices.index(voice) + 1) % len(voices)]
        taken.add((voice, line.clause_id))
        reasons, proposed = first_text + 2 * number, first_text + 2 * number + 1
        base = bodies[line.text_id]
        texts.append(_text(reasons, consultation.id, f"{REASONS} ({number})"))
        texts.append(
            _text(
                proposed, consultation.id, base.replace("undue delay", f"delay, within {number % 9 + 7} days")
            )
        )
        comments.append(
            {
                "id": first_comment + number,
                "consultation_id": consultation.id,
                "number": number,
                "round_id": round_.id,
                "draft_id": draft.id,
                "clause_id": line.clause_id,
                "voice_id": voice,
                "author_id": author,
                "category": Category.SUBSTANTIVE,
                "stance": stance,
                "reasons_text_id": reasons,
                "read_text_id": line.text_id,
                "received_at": round_.opens_at,
                "form_key": f"{consultation.slug}-{number}",
            }
        )
        amendments.append(
            {
                "comment_id": first_comment + number,
                "kind": AmendmentKind.REPLACE,
                "base_text_id": line.text_id,
                "proposed_text_id": proposed,
            }
        )
        positions.append(
            {
                "voice_id": voice,
                "draft_id": draft.id,
                "clause_id": line.clause_id,
                "stance": stance,
                "comment_id": first_comment + number,
                "origin": PositionOrigin.GIVEN,
                "at": round_.opens_at,
                "is_current": True,
            }
        )
    for table, rows in ((Text, texts), (Comment, comments), (Amendment, amendments), (Position, positions)):
        session.execute(insert(table), rows)
    session.execute(
        update(Consultation).where(Consultation.id == consultation.id).values(comment_count=count)
    )
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy import text

        for table in ("text", "comment"):
            session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
            )


def _text(text_id: int, consultation_id: int, body: str) -> dict[str, object]:
    return {
        "id": text_id,
        "consultation_id": consultation_id,
        "language": "en",
        "body": body,
        "sha256": sha256_of(body),
        "salt": secrets.token_hex(16),
    }
