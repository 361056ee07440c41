"""Does each act become one letter to each whom it concerns, once, and to nobody else?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.cli.worker import put_first, run_due
from consult.comments import acts as comments
from consult.core.actors import SYSTEM
from consult.core.rounds import NOTICE
from consult.core.terms import JobState, LetterState, RoleKind, SeatKind, Track
from consult.db import commit
from consult.jobs import Job
from consult.notices import acts
from consult.notices.asked import letters_asked
from consult.notices.closing import write_closing
from consult.notices.dropping import drop_old
from consult.notices.following import BATCH, follow, start
from consult.notices.models import Letter, Reading
from consult.notices.tasks import FOLLOWING, SENDING
from consult.notices.writing import MOST, NewLetter, write_letters
from consult.people import acts as people
from consult.people.models import Person, Seat
from consult.people.posting import ask_letter
from consult.record.acts import note
from consult.record.models import Chain
from consult.rounds.acts import extend_round
from tests import build

DAY = timedelta(days=1)
StoppedAt = Callable[[datetime], None]


def readers(session: Session, kind: str) -> set[int | None]:
    return set(session.scalars(select(Letter.person_id).where(Letter.kind == kind)))


def read_on(session: Session) -> None:
    commit(session)
    while follow(session):
        commit(session)
    commit(session)


@pytest.fixture
def opened(session: Session, stopped_at: StoppedAt) -> build.Opened:
    """A round that two delegations are invited to; what happened until now is read."""
    stopped_at(build.NOON)
    parties = [build.an_organisation(session, name=name) for name in ("Kenya", "Brazil")]
    opened = build.an_open_round(session, parties=parties)
    commit(session)
    start(session)
    commit(session)
    return opened


def test_an_extension_reaches_the_roster_followers_and_who_has_spoken_and_not_who_did_it(
    session: Session, opened: build.Opened
) -> None:
    kenya = build.a_delegate(session, _organisation(session, "Kenya"))
    brazil = build.a_delegate(session, _organisation(session, "Brazil"), seat=SeatKind.CONTRIBUTOR)
    spoken, follower, stranger = build.a_delegate(session), build.a_person(session), build.a_person(session)
    build.a_comment(session, opened, spoken)
    acts.follow_consultation(session, build.acting(session, follower), opened.consultation.id)
    actor = build.acting(session, opened.moderator)
    extend_round(session, actor, opened.round, opened.round.closes_at + DAY, "")
    read_on(session)
    assert readers(session, "round.extended") == {kenya.id, brazil.id, spoken.id, follower.id}
    assert stranger.id not in readers(session, "round.extended")
    read_on(session)
    extended = select(func.count()).select_from(Letter).where(Letter.kind == "round.extended")
    assert session.scalar(extended) == 4


def test_nobody_gets_a_letter_about_the_past(session: Session, opened: build.Opened) -> None:
    build.a_delegate(session, _organisation(session, "Kenya"))
    read_on(session)
    assert session.scalars(select(Letter)).all() == []
    lengths = dict(session.execute(select(Chain.id, Chain.length)).all())  # type: ignore[arg-type]
    positions = dict(session.execute(select(Reading.chain_id, Reading.position)).all())  # type: ignore[arg-type]
    assert positions == lengths


def test_a_consultation_that_is_new_after_the_start_is_read_from_its_beginning(
    session: Session, opened: build.Opened
) -> None:
    organisation = build.an_organisation(session)
    delegate = build.a_delegate(session, organisation)
    build.an_open_round(session, parties=[organisation])
    read_on(session)
    # Nobody was appointed to moderate it, so whoever moderates everywhere hears too.
    assert readers(session, "draft.published") == {delegate.id, opened.moderator.id}
    assert readers(session, "round.planned") == {delegate.id, opened.moderator.id}


def test_a_restricted_consultation_reaches_only_who_may_see_it(
    session: Session, stopped_at: StoppedAt
) -> None:
    stopped_at(build.NOON)
    inside, outside = build.an_organisation(session), build.an_organisation(session)
    member, stranger = build.a_delegate(session, inside), build.a_delegate(session, outside)
    follower = build.a_person(session)
    opened = build.an_open_round(
        session, parties=[inside, build.an_organisation(session)], is_restricted=True, track=Track.BILATERAL
    )
    translator = build.a_person(session)
    here = opened.consultation.id
    people.give_role(session, SYSTEM, translator, RoleKind.TRANSLATOR, consultation_id=here, language="fr")
    for one in (follower, stranger, translator):
        session.flush()
        acts.follow_consultation(session, build.acting(session, one), here)
    read_on(session)
    assert readers(session, "round.planned") == {member.id, translator.id}
    assert readers(session, "role.given") >= {translator.id}


def test_the_delegation_hears_of_its_comment_but_not_the_head_who_submitted_it(
    session: Session, opened: build.Opened
) -> None:
    kenya = _organisation(session, "Kenya")
    head, deputy = build.a_delegate(session, kenya), build.a_delegate(session, kenya, seat=SeatKind.DEPUTY)
    moderator = build.acting(session, opened.moderator)
    comment = build.a_comment(session, opened, head)
    commit(session)
    comments.hide_comment(session, moderator, comment, "It names a person.")
    commit(session)
    comments.withdraw_comment(session, build.acting(session, head), comment, clock.now())
    read_on(session)
    assert readers(session, "comment.submitted") == {deputy.id}
    assert readers(session, "comment.hidden") == {head.id, deputy.id}
    assert readers(session, "comment.withdrawn") == {deputy.id}


def test_letters_are_written_in_the_language_and_zone_of_the_reader_and_as_she_chose(
    session: Session, opened: build.Opened
) -> None:
    kenya = _organisation(session, "Kenya")
    arabic = build.a_person(session, language="ar", time_zone="Africa/Cairo")
    people.give_seat(session, SYSTEM, arabic, kenya, SeatKind.HEAD)
    quiet = build.a_delegate(session, kenya)
    acts.choose_mail(session, build.acting(session, quiet), {"round.extended": False})
    actor = build.acting(session, opened.moderator)
    extend_round(session, actor, opened.round, opened.round.closes_at + DAY, "")
    read_on(session)
    by_person = {one.person_id: one for one in session.scalars(select(Letter))}
    assert (by_person[arabic.id].language, by_person[arabic.id].time_zone) == ("ar", "Africa/Cairo")
    assert (by_person[arabic.id].is_mailed, by_person[arabic.id].state) == (True, LetterState.WRITTEN)
    assert (by_person[quiet.id].is_mailed, by_person[quiet.id].state) == (False, LetterState.SENT)
    assert by_person[quiet.id].is_in_inbox


def test_five_hundred_letters_are_written_in_batches_each_once(
    session: Session, opened: build.Opened
) -> None:
    kenya = _organisation(session, "Kenya")
    at = clock.now()
    crowd = [
        Person(pseudonym=f"p-{number:010x}", email=f"{number}@example.org", created_at=at)
        for number in range(500)
    ]
    session.add_all(crowd)
    session.flush()
    session.add_all(
        Seat(person_id=one.id, organisation_id=kenya.id, kind=SeatKind.CONTRIBUTOR, since=at) for one in crowd
    )
    actor = build.acting(session, opened.moderator)
    extend_round(session, actor, opened.round, opened.round.closes_at + DAY, "")
    commit(session)
    sizes = []
    while True:
        has_more = follow(session)
        commit(session)
        sizes.append(session.scalar(select(func.count()).select_from(Letter)))
        if not has_more:
            break
    assert sizes[:3] == [MOST, 2 * MOST, 500]
    assert len(readers(session, "round.extended")) == 500


def test_reading_costs_no_more_for_many_entries(
    session: Session, opened: build.Opened, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    def entries(many: int) -> int:
        for _ in range(many):
            note(session, SYSTEM, "position.taken", opened.round, within=opened.consultation.id)
        commit(session)
        price = count_queries(lambda: follow(session))
        commit(session)
        return price

    few = entries(3)
    assert entries(BATCH - 10) == few
    assert count_queries(lambda: follow(session)) == 1


def test_a_round_says_that_it_closes_72_hours_before_and_moves_with_its_end(
    app: Flask, session: Session, opened: build.Opened, stopped_at: StoppedAt
) -> None:
    kenya = _organisation(session, "Kenya")
    head = build.a_delegate(session, kenya)
    contributor = build.a_delegate(session, kenya, seat=SeatKind.CONTRIBUTOR)
    outsider = build.a_delegate(session)
    build.a_paper(session, opened, outsider)
    first, later = opened.round.closes_at, opened.round.closes_at + 5 * DAY
    actor = build.acting(session, opened.moderator)
    extend_round(session, actor, opened.round, later, "")
    read_on(session)
    due = [job.run_after for job in session.scalars(select(Job).where(Job.kind == "letters.closing"))]
    assert sorted(due) == [first - NOTICE, later - NOTICE]
    session.close()
    stopped_at(first - NOTICE)
    _work(app)
    assert readers(session, "round.closing") == set()
    session.close()
    stopped_at(later - NOTICE)
    _work(app)
    assert readers(session, "round.closing") == {head.id, outsider.id}
    assert contributor.id not in readers(session, "round.closing")
    facts = {
        one.person_id: one.facts
        for one in session.scalars(select(Letter).where(Letter.kind == "round.closing"))
    }
    assert (facts[head.id]["paper_count"], facts[outsider.id]["paper_count"]) == (0, 1)
    assert write_closing(session, opened.round.id, later) == 0


def test_the_worker_begins_reads_and_leaves_no_trail(
    app: Flask, session: Session, opened: build.Opened, stopped_at: StoppedAt, outbox_folder: object
) -> None:
    delegate = build.a_delegate(session, _organisation(session, "Kenya"))
    commit(session)
    put_first(app)
    put_first(app)
    at = build.NOON
    for _ in range(4):
        at += timedelta(seconds=5)
        stopped_at(at)
        _work(app)
    actor = build.acting(session, opened.moderator)
    extend_round(session, actor, opened.round, opened.round.closes_at + DAY, "")
    commit(session)
    session.close()
    for _ in range(2):
        at += timedelta(seconds=5)
        stopped_at(at)
        _work(app)
    letter = session.scalars(select(Letter).where(Letter.kind == "round.extended")).one()
    assert (letter.person_id, letter.state) == (delegate.id, LetterState.SENT)
    jobs = session.scalars(select(Job).where(Job.kind.in_([FOLLOWING, SENDING]))).all()
    assert sum(one.state is JobState.QUEUED for one in jobs) == 1
    assert len(jobs) <= 3


def test_what_a_private_act_asks_for_is_written_once(
    app: Flask, session: Session, outbox_folder: object
) -> None:
    person = build.a_person(session)
    session.flush()
    for _ in range(2):
        ask_letter(session, "account.password_changed", "abc", person_id=person.id)
    commit(session)
    session.close()
    _work(app)
    letter = session.scalars(select(Letter)).one()
    assert (letter.key, letter.state) == (
        "account.password_changed:abc:person:" + str(letter.person_id),
        LetterState.SENT,
    )
    write_letters(
        session,
        letters_asked(session, letter.kind, "account.password_changed:abc", {"person_id": letter.person_id}),
    )
    assert len(session.scalars(select(Letter)).all()) == 1


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("account.confirm", {"ticket_id": 99}),
        ("account.signed_in", {"sign_in_id": 99}),
        ("account.takeout_ready", {"takeout_id": 99}),
        ("organisation.proposed", {"organisation_id": 99}),
        ("organisation.entered", {"organisation_id": 99}),
        ("seat.invited", {"invitation_id": 99}),
        ("seat.requested", {"request_id": 99}),
        ("seat.answered", {"request_id": 99}),
        ("seat.given", {"seat_id": 99}),
        ("seat.taken", {"seat_id": 99}),
        ("paper.waiting", {"contribution_id": 99}),
        ("paper.returned", {"contribution_id": 99}),
        ("sponsor.asked", {"sponsorship_id": 99}),
        ("sponsor.answered", {"sponsorship_id": 99}),
        ("remark.made", {"remark_id": 99}),
        ("roster.invited", {"party_id": 99}),
        ("roster.reminded", {"party_reminder_id": 99}),
    ],
)
def test_a_row_that_is_gone_asks_nobody(session: Session, kind: str, ids: dict[str, int]) -> None:
    assert letters_asked(session, kind, "key", ids) == []


def test_who_has_left_is_written_to_no_more(session: Session) -> None:
    person = build.a_person(session)
    session.flush()
    person.erased_at, person.email = clock.now(), None
    write_letters(session, [NewLetter("key", "account.exists", person.id)])
    assert session.scalars(select(Letter)).all() == []


def test_letters_are_dropped_twelve_months_after_they_were_written(
    app: Flask, session: Session, stopped_at: StoppedAt, outbox_folder: object
) -> None:
    stopped_at(datetime(2026, 1, 1, tzinfo=UTC))
    person = build.a_person(session)
    session.flush()
    write_letters(session, [NewLetter("old", "account.exists", person.id)])
    stopped_at(datetime(2026, 6, 1, tzinfo=UTC))
    write_letters(session, [NewLetter("new", "account.exists", person.id)])
    with app.app_context():
        assert drop_old(session, datetime(2027, 1, 2, tzinfo=UTC)) is False
    assert [one.key for one in session.scalars(select(Letter))] == ["new"]


def _organisation(session: Session, name: str):  # type: ignore[no-untyped-def]
    from consult.people.models import Organisation

    return session.scalars(select(Organisation).where(Organisation.name == name)).one()


def _work(app: Flask) -> None:
    while run_due(app):
        pass
