"""What stands in the database once the demonstration has been played?"""

from collections import Counter
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock, create_app
from consult.cli import demo
from consult.cli.worker import put_first
from consult.comments.models import Comment
from consult.core.terms import JobState, RoleKind, SeatKind, Unseated
from consult.db import begin_writing, commit, db
from consult.drafts.models import Consultation
from consult.jobs import TASKS, Job
from consult.notices.following import follow
from consult.notices.models import Letter
from consult.people.models import Person
from consult.people.posting import WRITING
from consult.people.reads import demonstration_accounts
from consult.record.reads import misfits
from consult.web.migrating import migrate
from tests.conftest import QUICK

HERE = "/en/consultations/testing-and-evaluation"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The program with the demonstration, played once, and every letter written that is asked for."""
    place = tmp_path_factory.mktemp("play") / "rows.sqlite"
    app = create_app({**QUICK, "DATABASE_URL": f"sqlite:///{place}"})
    with app.app_context():
        migrate()
        demo.play()
    put_first(app)
    with app.app_context():
        begin_writing(db.session)
        for job in db.session.scalars(select(Job).where(Job.kind == WRITING)).all():
            TASKS[job.kind].run(db.session, job)
        while follow(db.session):
            pass
        commit(db.session)
        yield app
        db.session.close()
        db.engine.dispose()


@pytest.fixture
def rows(played: Flask) -> Session:
    return db.session


def words_of(played: Flask, path: str) -> str:
    """What a visitor reads there."""
    answer = played.test_client().get(path, follow_redirects=True)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_the_record_fits(rows: Session) -> None:
    assert list(misfits(rows)) == []


def test_there_is_an_account_for_each_role_and_each_kind_of_seat(rows: Session) -> None:
    accounts = demonstration_accounts(rows)
    assert len({one.email for one in accounts}) == len(accounts) <= 14
    assert {one.kind for one in accounts} == {*RoleKind, *SeatKind, *Unseated}
    assert sum("; " in one.place for one in accounts) == 1


def test_numbers_of_comments_stay_as_they_were_cited(rows: Session) -> None:
    numbers = rows.scalars(
        select(Comment.number)
        .join(Consultation, Consultation.id == Comment.consultation_id)
        .where(Consultation.slug == "testing-and-evaluation")
        .order_by(Comment.received_at)
    ).all()
    assert list(numbers) == list(range(1, len(numbers) + 1))


def test_letters_wait_for_whoever_looks_and_the_past_writes_none(rows: Session) -> None:
    readers = Counter(rows.scalars(select(Person.email).join(Letter, Letter.person_id == Person.id)).all())
    for who in ("head", "deputy", "acting", "moderator", "administrator"):
        assert readers[f"{who}@consult.example"], who
    assert readers.total() < 150
    kinds = set(rows.scalars(select(Letter.kind)))
    assert {"draft.published", "sponsor.asked", "remark.made", "seat.requested"} <= kinds


def test_the_first_round_was_closed_when_it_was_over(rows: Session) -> None:
    due = select(func.count(Job.id)).where(
        Job.kind == "rounds.closing", Job.state == JobState.QUEUED, Job.run_after < clock.now()
    )
    assert rows.scalar(due) == 0


def test_talks_are_nowhere_for_a_visitor(played: Flask) -> None:
    client = played.test_client()
    for slug in ("keeping-test-records", "exchange-of-results"):
        assert client.get(f"/en/consultations/{slug}/").status_code == 404
    for path in ("/en/", "/en/record", "/en/organisations/marava", "/en/organisations/talimar"):
        assert "records of tests together" not in words_of(played, path), path


def test_an_organisation_not_accredited_is_shown_apart(played: Flask) -> None:
    said = words_of(played, f"{HERE}/drafts/1/clauses/4.5")
    assert "Harbour Light" in said and "shown beside the count" in said


def test_two_organisations_stand_on_a_joint_comment(played: Flask) -> None:
    said = words_of(played, f"{HERE}/drafts/1/clauses/8.4")
    assert "Submitted jointly with" in said and "Umoja" in said


def test_an_individual_is_named_only_where_she_wants_it(played: Flask) -> None:
    assert "Mirembe Castellane" in words_of(played, f"{HERE}/drafts/1/clauses/8.5")
    assert "Vasquelin" not in words_of(played, f"{HERE}/drafts/1/clauses/9.1")


def test_organisations_are_found_by_the_names_that_they_had(played: Flask) -> None:
    names = words_of(played, "/en/organisations/")
    assert "Open Metrics Circle" in names and "Observatory for Digital Rights" in names
    assert "Friends of Fast Release" not in names and "Laboratories’ Network" not in names
