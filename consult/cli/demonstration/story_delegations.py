"""How do delegations work in the story: writing, clearing, asking others to join, talking among themselves?"""

from sqlalchemy import select

from consult import clock
from consult.cli.demonstration.shapes import Event
from consult.cli.demonstration.stage import Act, Stage, words_of
from consult.cli.demonstration.words import span
from consult.comments import acts_joint, acts_papers, acts_submitting
from consult.comments.models_joint import Sponsorship
from consult.delegations import acts
from consult.drafts.models import Draft
from consult.drafts.reads import tree
from consult.languages.reads import texts_in
from consult.rounds.models import Round


def write(stage: Stage, event: Event) -> None:
    """A paper is written and handed on."""
    stage.speaking.written(words_of(event), is_sent=True)


def verify(stage: Stage, event: Event) -> None:
    """A deputy says that a paper is right."""
    acts_papers.verify_contribution(stage.session, stage.who(event), stage.paper(event))


def give_back(stage: Stage, event: Event) -> None:
    """A paper is returned to be worked on."""
    acts_papers.return_contribution(stage.session, stage.who(event), stage.paper(event), event.facts["words"])


def change(stage: Stage, event: Event) -> None:
    """A paper gets other words, and is handed on again."""
    paper, new = stage.paper(event), stage.speaking.wanted(words_of(event), is_sent=True)
    acts_papers.change_contribution(stage.session, stage.who(event), paper, new, paper.edition)


def submit(stage: Stage, event: Event) -> None:
    """A paper becomes a comment."""
    comment = acts_submitting.submit_comment(stage.session, stage.who(event), stage.paper(event), clock.now())
    stage.speaking.numbers[event.facts["paper"]] = comment.number


def ask(stage: Stage, event: Event) -> None:
    """A delegation asks another to put its name to a paper."""
    slug = stage.organisation(event).slug
    acts_joint.ask_sponsor(
        stage.session, stage.who(event), stage.paper(event), slug, event.facts["words"], clock.now()
    )


def clear(stage: Stage, event: Event) -> None:
    """The head of an asked delegation puts its name to a paper."""
    paper, head = stage.paper(event), stage.who(event)
    row = stage.session.scalars(
        select(Sponsorship).where(
            Sponsorship.contribution_id == paper.id, Sponsorship.voice_id == head.voice_id
        )
    ).one()
    acts_joint.clear_sponsorship(stage.session, head, row, paper.edition, clock.now())


def deadline(stage: Stage, event: Event) -> None:
    """A head says until when papers are to be in."""
    closes = stage.now.replace(hour=14, minute=0, second=0) + span(event.facts["within"])
    acts.set_deadline(stage.session, stage.who(event), stage.speaking.round_id, closes)


def remark(stage: Stage, event: Event) -> None:
    """Somebody says something to her delegation, on a paper or on the whole."""
    paper = stage.paper(event) if "paper" in event.facts else None
    acts.make_remark(stage.session, stage.who(event), stage.consultation_id, event.facts["words"], "", paper)


def say(stage: Stage, event: Event) -> None:
    """A party to restricted talks comments, in one press."""
    said, consultation_id = words_of(event), stage.talks[event.facts["talks"]]
    draft = stage.session.scalars(select(Draft).where(Draft.consultation_id == consultation_id)).one()
    line = next(one for one in tree(stage.session, draft.id) if one.number == said.clause)
    head = stage.who(event)
    new = acts_papers.NewContribution(
        round_id=stage.session.scalars(select(Round.id).where(Round.draft_id == draft.id)).one(),
        draft_id=draft.id,
        clause_id=line.clause_id,
        stance=said.stance,
        category=said.category,
        language=said.language,
        reasons=said.reasons,
        read_text_id=texts_in(stage.session, [line.text_id], said.read)[line.text_id].text_id,
        proposed=said.proposed,
        amendment_kind=said.kind,
    )
    paper = acts_papers.write_contribution(stage.session, head, consultation_id, new, clock.now())
    acts_papers.verify_contribution(stage.session, head, paper)
    acts_submitting.submit_comment(stage.session, head, paper, clock.now())


ACTS: dict[str, Act] = {
    "write": write,
    "verify": verify,
    "return": give_back,
    "change": change,
    "submit": submit,
    "ask": ask,
    "clear": clear,
    "deadline": deadline,
    "remark": remark,
    "say": say,
}
