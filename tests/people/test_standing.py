"""A role that ended while its request waited for others does nothing more: asked again after the consultation's lock."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments import acts as comments
from consult.comments import acts_roster as leaving
from consult.comments.acts_redacting import Redacted, redact_comment
from consult.consolidation import acts as disposing
from consult.consolidation import acts_publishing, acts_settling, acts_themes
from consult.core.actors import SYSTEM
from consult.core.terms import Outcome, PartyRole, RoleKind, SettlementKind, Track
from consult.drafts import acts, acts_access, acts_roster, acts_roster_import
from consult.drafts.roster_rows import RosterRow
from consult.people.acts_roles import end_role, give_role
from consult.people.models import Person, Role
from consult.people.refusals import VoiceElsewhere
from consult.people.refusals_roles import DutyOver
from consult.rounds import acts as rounds
from tests import build


def ended(session: Session, person: Person) -> None:
    """Ends her roles, as another request would."""
    for role in session.scalars(select(Role).where(Role.person_id == person.id, Role.until.is_(None))):
        end_role(session, build.acting(session, build.an_administrator(session)), role)
    session.flush()


def test_a_moderator_whose_role_ended_while_her_request_waited_does_nothing_more(
    session: Session, stopped_at: Callable[..., None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session)
    head = build.a_delegate(session)
    comment = build.a_comment(session, opened, by=head)
    who, other = build.acting(session, opened.moderator), build.a_moderator(session)
    talks, draft, round_ = opened.consultation, opened.draft, opened.round
    clause = opened.clauses["3.2"].clause_id
    member = build.an_organisation(session).id
    kept = acts_roster_import.keep_list(session, who, talks, [RosterRow(1, "A body")], PartyRole.INVITED)
    access = acts_access.Access(Track.OPEN, False, True, True)
    new = acts_settling.NewSettlement(SettlementKind.KEEP)
    answer = disposing.NewDisposition(Outcome.NOTED, "Thank you.")
    ended(session, opened.moderator)
    for act in (
        lambda: acts.add_draft(session, who, talks, build.A_DRAFT),
        lambda: acts.publish_draft(session, who, draft),
        lambda: acts_roster.invite_party(session, who, talks, member, PartyRole.INVITED),
        lambda: acts_roster.remind_parties(session, who, talks, [member]),
        lambda: leaving.remove_party(session, who, talks, member, "No more."),
        lambda: acts_roster_import.confirm_list(session, who, kept),
        lambda: acts_access.choose_access(session, who, talks, access),
        lambda: rounds.plan_round(session, who, talks, draft, build.NOON, build.NOON),
        lambda: rounds.extend_round(session, who, round_, build.NOON, "More time."),
        lambda: comments.hide_comment(session, who, comment, "It insults."),
        lambda: redact_comment(session, who, comment, list(Redacted), "A name."),
        lambda: disposing.dispose_comment(session, who, comment, round_, answer),
        lambda: disposing.publish_dispositions(session, who, round_),
        lambda: acts_settling.settle_clause(session, who, draft, clause, new, 0),
        lambda: acts_publishing.publish_draft(session, who, talks, 0),
        lambda: acts_themes.group_comments(session, who, draft, clause, "Delays", [comment.number]),
        lambda: give_role(
            session, who, build.a_person(session), RoleKind.MODERATOR, consultation_id=talks.id
        ),
    ):
        with pytest.raises(DutyOver):
            act()
    assert acts_roster.invite_party(
        session, build.acting(session, other), talks, member, PartyRole.INVITED
    ).id


def test_who_moderates_one_consultation_of_several_goes_on_there(session: Session) -> None:
    here, elsewhere = build.an_open_round(session), build.an_open_round(session)
    chair, member = build.a_person(session), build.an_organisation(session).id
    for opened in (here, elsewhere):
        give_role(session, SYSTEM, chair, RoleKind.MODERATOR, consultation_id=opened.consultation.id)
    who = build.acting(session, chair)
    role = session.scalars(select(Role).where(Role.consultation_id == elsewhere.consultation.id)).one()
    end_role(session, build.acting(session, build.an_administrator(session)), role)
    session.flush()
    assert acts_roster.invite_party(session, who, here.consultation, member, PartyRole.INVITED).id
    with pytest.raises(DutyOver):
        acts_roster.invite_party(session, who, elsewhere.consultation, member, PartyRole.INVITED)


def test_who_spoke_for_herself_anywhere_does_not_come_to_moderate_everywhere(
    session: Session, stopped_at: Callable[..., None]
) -> None:
    stopped_at(build.NOON)
    opened = build.an_open_round(session, takes_individuals=True)
    individual = build.a_person(session)
    build.a_comment(session, opened, by=individual)
    with pytest.raises(VoiceElsewhere):
        give_role(session, SYSTEM, individual, RoleKind.MODERATOR)
