"""Who and what there is for the matrix: one of each role, and each thing as it stands here, elsewhere, behind a
restricted door, and after the close.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.core.actors import SYSTEM
from consult.core.terms import RoleKind, SeatKind, Track
from consult.people import acts_roles
from consult.people import models as people
from consult.people.models import Organisation, Person
from tests import build

OPENED = datetime(2026, 11, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)

# Every role of the table. `signed_out` carries the cookie of a session that was revoked.
ROLES = (
    *("visitor", "signed_out", "newcomer", "contributor", "deputy", "head", "acting_head", "revoked"),
    *("other_head", "chair", "other_chair", "moderator", "translator", "administrator"),
)


@dataclass
class World:
    """The rows, by what the table calls them."""

    persons: dict[str, Person]
    ours: Organisation
    theirs: Organisation
    rounds: dict[str, build.Opened]  # here, restricted, closed, elsewhere
    keys: dict[str, dict[str, Any]] = field(default_factory=dict)  # by place: paper, number, …


def a_world(session: Session) -> World:
    """All of it, made through the program's own acts."""
    with clock.stopped(OPENED):
        ours = build.an_organisation(session, name="Ours", levels=3)
        theirs = build.an_organisation(session, name="Theirs")
        persons = {
            "newcomer": build.a_person(session),
            "contributor": build.a_delegate(session, ours, seat=SeatKind.CONTRIBUTOR),
            "deputy": build.a_delegate(session, ours, seat=SeatKind.DEPUTY),
            "head": build.a_delegate(session, ours),
            "acting_head": build.a_delegate(session, ours, seat=SeatKind.ACTING_HEAD),
            "revoked": build.a_delegate(session, ours, seat=SeatKind.HEAD),
            "other_head": build.a_delegate(session, theirs),
            "chair": build.a_person(session, name="The chair"),
            "other_chair": build.a_person(session, name="The other chair"),
            "moderator": build.a_moderator(session),
            "translator": build.a_person(session, name="The translator"),
            "administrator": build.an_administrator(session),
        }
    rounds = {
        "here": build.an_open_round(session, parties=[ours, theirs]),
        "restricted": build.an_open_round(
            session, parties=[ours], track=Track.MULTILATERAL, is_restricted=True
        ),
        "closed": build.an_open_round(session, closes_at=OPENED + timedelta(days=5)),
        "elsewhere": build.an_open_round(session, takes_individuals=True),
    }
    world = World(persons, ours, theirs, rounds)
    _give_roles(session, world)
    with clock.stopped(OPENED + timedelta(days=1)):
        _speak(session, world)
    _revoke(session, world)
    return world


def _give_roles(session: Session, world: World) -> None:
    for name, place, kind, language in (
        ("chair", "here", RoleKind.MODERATOR, None),
        ("chair", "restricted", RoleKind.MODERATOR, None),
        ("chair", "closed", RoleKind.MODERATOR, None),
        ("other_chair", "elsewhere", RoleKind.MODERATOR, None),
        ("translator", "here", RoleKind.TRANSLATOR, "ar"),
    ):
        consultation_id = world.rounds[place].consultation.id
        person = world.persons[name]
        acts_roles.give_role(
            session, SYSTEM, person, kind, consultation_id=consultation_id, language=language
        )
    session.flush()


def _speak(session: Session, world: World) -> None:
    people_ = world.persons
    for place, opened in world.rounds.items():
        head, writer = people_["head"], people_["contributor"]
        if place == "elsewhere":
            head = writer = people_["other_head"]
        paper = build.a_paper(session, opened, writer, "3.1", private_notes="for us alone")
        said = build.a_paper(session, opened, head, "3.2", propose="Results are shared within ten days.")
        if place != "elsewhere":
            build.comments.verify_contribution(session, build.acting(session, people_["deputy"]), said)
        comment = build.comments.submit_comment(session, build.acting(session, head), said, clock.now())
        world.keys[place] = {"paper": paper.key, "number": comment.number}
    theirs = build.a_paper(session, world.rounds["here"], people_["other_head"], "3.3")
    said = build.a_comment(session, world.rounds["here"], people_["other_head"], "3.2")
    world.keys["theirs"] = {"paper": theirs.key, "number": said.number}


def _revoke(session: Session, world: World) -> None:
    seat = session.scalars(
        select(people.Seat).where(
            people.Seat.person_id == world.persons["revoked"].id, people.Seat.until.is_(None)
        )
    ).one()
    seat.until = OPENED + timedelta(days=2)
    session.flush()
