"""How are the consultation and the talks beside it led in the story?"""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consult.cli.demonstration.shapes import Event, Talks
from consult.cli.demonstration.stage import Act, Stage
from consult.core.actors import Actor
from consult.core.terms import ClauseKind, JobState, PartyRole, RoleKind, TranslationState
from consult.drafts import acts, acts_access, acts_interests, acts_roster, acts_team
from consult.drafts.models import Consultation, Draft
from consult.drafts.reads import consultation_row, tree
from consult.jobs import Job, put
from consult.languages.acts import translate_text
from consult.languages.models import Text
from consult.notices.following import start
from consult.notices.tasks import STARTING
from consult.organisations import acts_accepting
from consult.people.models import Mechanism, Organisation
from consult.people.posting import WRITING
from consult.rounds.acts import plan_round


def appoint(stage: Stage, event: Event) -> None:
    """Somebody is asked to serve in this consultation only, and agrees."""
    told = stage.gathering.told_of(event.facts["person"])
    invitation = acts_team.appoint(
        stage.session,
        stage.who(event),
        consultation_row(stage.session, stage.consultation_id),
        told.email,
        RoleKind(event.facts["role"]),
        event.facts.get("language"),
        told.name,
        told.language,
    )
    agreeing = stage.gathering.fresh(told.key)
    acts_accepting.accept_invitation(stage.session, agreeing, invitation.key, is_confirmed=False)


def interest(stage: Stage, event: Event) -> None:
    """Somebody of the team declares what could sway her, or that nothing does."""
    consultation = consultation_row(stage.session, stage.consultation_id)
    acts_interests.declare_interest(stage.session, stage.who(event), consultation, event.facts["words"])


def roster(stage: Stage, event: Event) -> None:
    """More organisations are invited."""
    consultation = consultation_row(stage.session, stage.consultation_id)
    parts = dict.fromkeys(stage.gathering.organisation_ids(*event.facts["organisations"]), PartyRole.INVITED)
    acts_roster.invite_parties(stage.session, stage.who(event), consultation, parts)


def remind(stage: Stage, event: Event) -> None:
    """Those who have not answered are reminded."""
    consultation = consultation_row(stage.session, stage.consultation_id)
    organisation_ids = stage.gathering.organisation_ids(*event.facts["organisations"])
    acts_roster.remind_parties(stage.session, stage.who(event), consultation, organisation_ids)


def talks(stage: Stage, event: Event) -> None:
    """Restricted talks are prepared: their parties named, their text written down."""
    told, moderator = stage.told.talks[event.facts["talks"]], stage.who(event)
    source = told.languages[0]
    new = acts.NewConsultation(
        title=told.title[source],
        summary=told.summary[source],
        source_language=source,
        languages=told.languages,
        track=told.track,
        is_restricted=True,
        slug=told.key,
    )
    consultation = acts.start_consultation(stage.session, moderator, new)
    stage.talks[told.key] = consultation.id
    _invite(stage, moderator, consultation, told)
    clauses = [
        acts.NewClause(ClauseKind.CLAUSE, 0, number, "", words[source]) for number, words in told.clauses
    ]
    draft = acts.add_draft(stage.session, moderator, consultation, clauses)
    _translate(stage, moderator, consultation, draft, told)


def publish(stage: Stage, event: Event) -> None:
    """The text of the talks is published, and a round opens on it at once."""
    told, moderator = stage.told.talks[event.facts["talks"]], stage.who(event)
    consultation = consultation_row(stage.session, stage.talks[told.key])
    draft = stage.session.scalars(select(Draft).where(Draft.consultation_id == consultation.id)).one()
    acts.publish_draft(stage.session, moderator, draft)
    opens = stage.now - event.ago + timedelta(hours=1)
    plan_round(stage.session, moderator, consultation, draft, opens, opens + told.lasts)


def letters_begin(stage: Stage, _event: Event) -> None:
    """From now on letters are written: what is long over would fill every inbox with old news."""
    forget_letters(stage.session)
    start(stage.session)
    put(stage.session, STARTING, "once").state = JobState.DONE


def forget_letters(session: Session) -> None:
    """Takes back the letters that acts have asked for, and that nobody has written yet."""
    session.flush()
    session.execute(delete(Job).where(Job.kind == WRITING, Job.state == JobState.QUEUED))


def _invite(stage: Stage, moderator: Actor, consultation: Consultation, told: Talks) -> None:
    if told.mechanism:
        circle = stage.session.scalars(select(Mechanism).where(Mechanism.name == told.mechanism)).one()
        acts_access.convene(stage.session, moderator, consultation, circle)
        return
    sides = [
        stage.session.get_one(Organisation, one) for one in stage.gathering.organisation_ids(*told.parties)
    ]
    acts_access.name_parties(stage.session, moderator, consultation, sides)


def _translate(stage: Stage, moderator: Actor, consultation: Consultation, draft: Draft, told: Talks) -> None:
    lines = [line for line in tree(stage.session, draft.id) if line.number]
    texts = {
        consultation.title_text_id: told.title,
        consultation.summary_text_id: told.summary,
        **{line.text_id: words for line, (_, words) in zip(lines, told.clauses, strict=True)},
    }
    for text_id, words in texts.items():
        source = stage.session.get_one(Text, text_id)
        for language in told.languages[1:]:
            translate_text(
                stage.session, moderator, source, language, words[language], TranslationState.DRAFT
            )


ACTS: dict[str, Act] = {
    "appoint": appoint,
    "interest": interest,
    "roster": roster,
    "remind": remind,
    "talks": talks,
    "publish": publish,
    "letters_begin": letters_begin,
}
