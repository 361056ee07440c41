"""How do organisations and their delegations come about, change and end in the story?"""

from consult.cli.demonstration.gathering import named
from consult.cli.demonstration.shapes import Event
from consult.cli.demonstration.stage import Act, Stage
from consult.core.actors import VISITOR
from consult.core.terms import SeatKind
from consult.organisations import (
    acts,
    acts_accepting,
    acts_administration,
    acts_invitations,
    acts_merging,
    acts_requests,
)
from consult.people import acts as people
from consult.people import acts_mechanisms
from consult.people.models import Organisation


def add(stage: Stage, event: Event) -> None:
    """An administrator enters and accredits an organisation, with its people."""
    administrator, key = stage.who(event), event.facts["organisation"]
    stage.gathering.enter(administrator, stage.told_organisation(event), event.facts["reason"])
    stage.gathering.seat_all(administrator, key)
    stage.gathering.describe(stage.told_organisation(event))


def propose(stage: Stage, event: Event) -> None:
    """Somebody proposes an organisation that is not in the list."""
    told = stage.told_organisation(event)
    own = acts.NewWords("en", told.name, told.about.get("en", ""))
    others = [words for words in named(told) if words.language != "en"]
    new = acts.NewProposal([own, *others], told.group, told.country, told.website, event.facts["words"])
    row = acts.propose_organisation(stage.session, stage.who(event), new)
    stage.gathering.organisations[told.key] = row.id


def enter(stage: Stage, event: Event) -> None:
    """An administrator enters a proposal, without accrediting it."""
    acts.enter_organisation(
        stage.session,
        stage.who(event),
        stage.organisation_id(event),
        accredits=False,
        answer=event.facts["answer"],
    )


def decline(stage: Stage, event: Event) -> None:
    """An administrator declines a proposal, with reasons."""
    acts.decline_organisation(
        stage.session, stage.who(event), stage.organisation_id(event), event.facts["answer"]
    )


def rename(stage: Stage, event: Event) -> None:
    """An organisation gets the name that it has now."""
    name, reason = stage.told_organisation(event).name, event.facts["reason"]
    acts_administration.rename(
        stage.session, stage.who(event), stage.organisation_id(event), name, "en", reason
    )


def merge(stage: Stage, event: Event) -> None:
    """Two organisations turn out to be one."""
    into = stage.organisation_id(event, "into")
    acts_merging.merge_organisation(
        stage.session, stage.who(event), stage.organisation_id(event), into, event.facts["reason"]
    )


def mechanism(stage: Stage, event: Event) -> None:
    """A moderator names a circle, and an administrator its members."""
    circle = acts_mechanisms.name_mechanism(stage.session, stage.who(event), event.facts["name"], "en")
    administrator = stage.gathering.fresh("administrator")
    for organisation_id in stage.gathering.organisation_ids(*event.facts["members"]):
        row = stage.session.get_one(Organisation, organisation_id)
        acts_mechanisms.add_member(stage.session, administrator, circle, row)


def seat(stage: Stage, event: Event) -> None:
    """Somebody is seated."""
    person, kind = stage.gathering.person(event.facts["person"]), SeatKind(event.facts["seat"])
    people.give_seat(stage.session, stage.who(event), person, stage.organisation(event), kind)


def invite(stage: Stage, event: Event) -> None:
    """A head invites somebody into her delegation: a person of the content, or an address."""
    facts = dict(event.facts)
    if "person" in facts:
        told = stage.gathering.told_of(facts["person"])
        facts |= {"email": told.email, "name": told.name, "language": told.language}
    new = acts_invitations.NewInvitation(
        email=facts["email"],
        name=facts["name"],
        language=facts["language"],
        organisation_id=stage.organisation_id(event),
        seat_kind=SeatKind(facts["seat"]),
        words=facts["words"],
    )
    invitation = acts_invitations.invite(stage.session, stage.who(event), new)
    stage.invitations[new.email] = invitation.key


def accept(stage: Stage, event: Event) -> None:
    """Who was invited makes her account, and takes the seat."""
    told = stage.gathering.told_of(event.facts["person"])
    new = acts_accepting.NewAccount(told.name, stage.gathering.password_hash, told.language, told.time_zone)
    key = stage.invitations[told.email]
    stage.gathering.persons[told.key] = acts_accepting.accept_as_new(stage.session, VISITOR, key, new).id


def refuse_invitation(stage: Stage, event: Event) -> None:
    """Who was invited says no."""
    acts_accepting.decline_invitation(stage.session, VISITOR, stage.invitations[event.facts["email"]])


def request(stage: Stage, event: Event) -> None:
    """Somebody asks to represent an organisation."""
    acts_requests.request_seat(
        stage.session, stage.who(event), stage.organisation_id(event), event.facts["words"]
    )


ACTS: dict[str, Act] = {
    "add": add,
    "propose": propose,
    "enter": enter,
    "decline": decline,
    "rename": rename,
    "merge": merge,
    "mechanism": mechanism,
    "seat": seat,
    "invite": invite,
    "accept": accept,
    "refuse_invitation": refuse_invitation,
    "request": request,
}
