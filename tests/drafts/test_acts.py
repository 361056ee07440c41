"""Starting, inviting, writing down, publishing: each outcome once, and what the record says of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.core.actors import SYSTEM, VISITOR, Actor
from consult.core.terms import ClauseKind, PartyRole, RoleKind, Stage, StakeholderGroup, Track
from consult.db import commit
from consult.drafts import acts
from consult.drafts.models import Clause, Consultation, Draft
from consult.drafts.reads import consultation, tree
from consult.drafts.refusals import AlreadyPublished, NothingToPublish, OpenTracksAreOpen, ZeroDraftStands
from consult.people.acts import give_role
from consult.record.reads import EntryLine, entries, misfits
from consult.refusals import NotThere
from tests import build

WORDS = (
    acts.NewClause(ClauseKind.SECTION, 0, "1", "Purpose", ""),
    acts.NewClause(ClauseKind.CLAUSE, 1, "1.1", "", "These guidelines bind nobody."),
)


def begun(session: Session, **facts: Any) -> tuple[Actor, Consultation]:
    """A consultation in preparation, and its moderator."""
    named = {
        "title": "Guidelines on labelling",
        "summary": "How outputs should be labelled.",
        "source_language": "en",
        "languages": ("en", "fr"),
        "track": Track.OPEN,
    }
    moderator = build.acting(session, build.a_moderator(session))
    return moderator, acts.start_consultation(session, moderator, acts.NewConsultation(**{**named, **facts}))


def last_entry(session: Session, row: Consultation) -> EntryLine:
    """What the record of this consultation says last."""
    commit(session)
    return entries(session, row.id).lines[0]


def test_a_consultation_starts_in_preparation_and_the_record_says_so(session: Session) -> None:
    _, row = begun(session, required_groups=(StakeholderGroup.ACADEMIA,))
    assert (row.stage, row.slug) == (Stage.PREPARING, "guidelines-on-labelling")
    line = last_entry(session, row)
    assert line.act == "consultation.started"
    assert line.facts["required_groups"] == ["academia"]


def test_two_of_one_title_get_two_addresses(session: Session) -> None:
    assert [begun(session)[1].slug for _ in range(3)] == [
        "guidelines-on-labelling",
        "guidelines-on-labelling-2",
        "guidelines-on-labelling-3",
    ]


@pytest.mark.parametrize("title", ["مبادئ توجيهية", "关于标识的指南", "新 A"])
def test_a_title_without_latin_words_gets_an_address_all_the_same(session: Session, title: str) -> None:
    assert begun(session, title=title, source_language="ar")[1].slug.startswith("consultation-")


def test_no_consultation_takes_the_address_of_the_page_that_starts_one(session: Session) -> None:
    assert begun(session, title="New")[1].slug != "new"


def test_who_moderates_nothing_starts_nothing(session: Session) -> None:
    new = acts.NewConsultation("A", "B", "en", ("en",), Track.OPEN)
    for actor in (VISITOR, build.acting(session, build.a_delegate(session))):
        with pytest.raises(NotThere):
            acts.start_consultation(session, actor, new)


def test_talks_open_to_all_cannot_be_closed_to_some(session: Session) -> None:
    with pytest.raises(OpenTracksAreOpen):
        begun(session, is_restricted=True, track=Track.UNITED_NATIONS)


def test_an_organisation_is_invited_once_and_its_part_may_change(session: Session) -> None:
    moderator, row = begun(session)
    kenya = build.an_organisation(session, name="Kenya")
    first = acts.invite_party(session, moderator, row, kenya.id, PartyRole.INVITED)
    again = acts.invite_party(session, moderator, row, kenya.id, PartyRole.PARTY)
    assert first.id == again.id and again.role is PartyRole.PARTY
    assert last_entry(session, row).facts["organisation"] == "Kenya"


def test_a_second_import_replaces_the_first_while_it_is_unpublished(session: Session) -> None:
    moderator, row = begun(session)
    first = acts.add_draft(session, moderator, row, build.A_DRAFT)
    second = acts.add_draft(session, moderator, row, WORDS)
    assert first.id == second.id
    assert [line.number for line in tree(session, second.id)] == ["", "1", "1.1"]


def test_once_the_zero_draft_is_published_nothing_is_imported_any_more(session: Session) -> None:
    moderator, row = begun(session)
    acts.publish_draft(session, moderator, acts.add_draft(session, moderator, row, WORDS))
    with pytest.raises(ZeroDraftStands):
        acts.add_draft(session, moderator, row, WORDS)


def test_publishing_opens_the_consultation_and_is_recorded_with_the_hash(
    session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    moderator, row = begun(session)
    draft = acts.publish_draft(session, moderator, acts.add_draft(session, moderator, row, WORDS))
    assert (draft.published_at, row.stage) == (build.NOON, Stage.OPEN)
    line = last_entry(session, row)
    assert (line.act, line.facts["sha256"]) == ("draft.published", draft.sha256)
    assert list(misfits(session)) == []


def test_what_is_published_is_not_published_again(session: Session) -> None:
    opened = build.an_open_round(session)
    with pytest.raises(AlreadyPublished):
        acts.publish_draft(session, build.acting(session, opened.moderator), opened.draft)


def test_a_draft_without_a_clause_is_not_published(session: Session) -> None:
    moderator, row = begun(session)
    draft = acts.add_draft(session, moderator, row, ())
    with pytest.raises(NothingToPublish):
        acts.publish_draft(session, moderator, draft)
    assert row.stage is Stage.PREPARING


@pytest.mark.parametrize(
    "other",
    [
        (
            acts.NewClause(ClauseKind.SECTION, 0, "1", "Purpose", ""),
            acts.NewClause(ClauseKind.CLAUSE, 1, "1.2", "", "These guidelines bind nobody."),
        ),
        (
            acts.NewClause(ClauseKind.SECTION, 0, "1", "Purposes", ""),
            acts.NewClause(ClauseKind.CLAUSE, 1, "1.1", "", "These guidelines bind nobody."),
        ),
        (
            acts.NewClause(ClauseKind.SECTION, 0, "1", "Purpose", ""),
            acts.NewClause(ClauseKind.CLAUSE, 1, "1.1", "", "These guidelines bind all."),
        ),
    ],
    ids=["another number", "another heading", "another word"],
)
def test_the_hash_of_a_draft_knows_every_number_heading_and_word(
    session: Session, other: tuple[acts.NewClause, ...]
) -> None:
    hashes = []
    for clauses in (WORDS, WORDS, other):
        moderator, row = begun(session)
        hashes.append(
            acts.publish_draft(session, moderator, acts.add_draft(session, moderator, row, clauses)).sha256
        )
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_clause_keeps_its_identity_in_the_next_draft_and_a_new_one_gets_the_next_code(
    session: Session,
) -> None:
    opened = build.an_open_round(session)
    moderator = build.acting(session, opened.moderator)
    kept = [line for line in tree(session, opened.draft.id)[1:] if line.number in ("3", "3.2")]
    clauses = [
        acts.NextClause(kept[0].clause_id, None, kept[0].kind, "3", kept[0].heading_text_id, kept[0].text_id),
        acts.NextClause(None, 0, ClauseKind.CLAUSE, "3.1", None, kept[1].text_id),
        acts.NextClause(kept[1].clause_id, 0, kept[1].kind, "3.2", None, kept[1].text_id),
    ]
    revision = acts.publish_draft(
        session, moderator, acts.add_revision(session, moderator, opened.consultation, clauses)
    )
    assert revision.ordinal == 1
    assert [line.code for line in tree(session, revision.id)] == ["whole", "c1", "c5", "c3"]
    assert [line.code for line in tree(session, opened.draft.id)] == ["whole", "c1", "c2", "c3", "c4"]


def _moderating(session: Session, opened: build.Opened) -> Actor:
    person = build.a_person(session)
    give_role(session, SYSTEM, person, RoleKind.MODERATOR, consultation_id=opened.consultation.id)
    return build.acting(session, person)


@pytest.mark.parametrize("who", ["a visitor", "a delegate", "a moderator of something else"])
def test_only_its_moderators_act_on_a_consultation(session: Session, who: str) -> None:
    opened = build.an_open_round(session)
    other = build.an_open_round(session)
    actor = {
        "a visitor": lambda: VISITOR,
        "a delegate": lambda: build.acting(session, build.a_delegate(session)),
        "a moderator of something else": lambda: _moderating(session, other),
    }[who]()
    row, draft, organisation = opened.consultation, opened.draft, build.an_organisation(session)
    refused: list[Callable[[], object]] = [
        lambda: acts.invite_party(session, actor, row, organisation.id, PartyRole.PARTY),
        lambda: acts.add_draft(session, actor, row, WORDS),
        lambda: acts.add_revision(session, actor, row, ()),
        lambda: acts.publish_draft(session, actor, draft),
    ]
    for act in refused:
        with pytest.raises(NotThere):
            act()
    assert session.scalars(select(Draft.ordinal).where(Draft.consultation_id == row.id)).all() == [0]


def test_nothing_of_one_consultation_is_seen_in_another(session: Session) -> None:
    first, second = build.an_open_round(session), build.an_open_round(session)
    ids = [
        set(session.scalars(select(Clause.id).where(Clause.consultation_id == one.consultation.id)))
        for one in (first, second)
    ]
    assert not ids[0] & ids[1]
    commit(session)
    assert consultation(session, VISITOR, second.slug, "en").drafts[0].id == second.draft.id
