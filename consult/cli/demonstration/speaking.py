"""What was said in a round of the demonstration? Papers written, verified, submitted and withdrawn, each at its time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.cli.demonstration.gathering import Gathering
from consult.cli.demonstration.shapes import BarePosition, Comment, Paper, Round
from consult.comments import acts_papers, acts_positions, acts_submitting
from consult.comments import models as comments
from consult.core.actors import Actor
from consult.core.terms import PaperState, SeatKind
from consult.db import begin_writing, commit
from consult.drafts.reads import ClauseLine
from consult.languages.reads import texts_in
from consult.rounds.models import Round as RoundRow


class Speaking:
    """The delegations of the demonstration at work. By their keys: `numbers` of comments, and `papers`' ids."""

    def __init__(self, session: Session, gathering: Gathering, consultation_id: int) -> None:
        self.session = session
        self.gathering = gathering
        self.consultation_id = consultation_id
        self.numbers: dict[str, int] = {}
        self.papers: dict[str, int] = {}

    def play(
        self,
        told: Round,
        opened: datetime,
        draft_id: int,
        clauses: Mapping[str, ClauseLine],
        meanwhile: Sequence[tuple[datetime, Callable[[], None]]] = (),
    ) -> None:
        """Everything that was said in one round, and what happened meanwhile, in the order of time."""
        self.draft_id, self.clauses = draft_id, clauses
        query = select(RoundRow.id).where(RoundRow.draft_id == draft_id)
        self.round_id = self.session.scalars(query).one()
        self.session.rollback()
        events: list[tuple[timedelta, Callable[[], None]]] = []
        for comment in told.comments:
            events.append((comment.at, partial(self._comment, comment)))
            if comment.withdrawn_at is not None:
                events.append((comment.withdrawn_at, partial(self._withdraw, comment)))
        events += [(paper.at, partial(self._paper, paper)) for paper in told.papers]
        events += [(tap.at, partial(self._position, tap)) for tap in told.positions]
        events += [(at - opened, happen) for at, happen in meanwhile]
        for at, happen in sorted(events, key=lambda event: event[0]):
            with clock.stopped(opened + at):
                begin_writing(self.session)
                happen()
                commit(self.session)

    def _comment(self, said: Comment) -> None:
        paper = self.written(said, is_sent=True)
        head = self._head(said.organisation)
        self._verify(said.organisation, paper)
        comment = acts_submitting.submit_comment(self.session, head, paper, clock.now())
        self.numbers[said.key] = comment.number

    def _paper(self, said: Paper) -> None:
        paper = self.written(said, is_sent=said.state is not PaperState.DRAFT)
        if said.state is PaperState.VERIFIED:
            self._verify(said.organisation, paper)

    def _withdraw(self, said: Comment) -> None:
        query = select(comments.Comment).where(
            comments.Comment.consultation_id == self.consultation_id,
            comments.Comment.number == self.numbers[said.key],
        )
        row = self.session.scalars(query).one()
        acts_submitting.withdraw_comment(self.session, self._head(said.organisation), row, clock.now())

    def _position(self, said: BarePosition) -> None:
        acts_positions.take_position(
            self.session,
            self._head(said.organisation),
            self.round_id,
            self.clauses[said.clause].clause_id,
            said.stance,
            clock.now(),
        )

    def written(self, said: Comment | Paper, *, is_sent: bool) -> comments.Contribution:
        """A paper put down by its author."""
        author = self.gathering.actor(said.author)
        new = self.wanted(said, is_sent=is_sent)
        paper = acts_papers.write_contribution(self.session, author, self.consultation_id, new, clock.now())
        self.papers[said.key] = paper.id
        return paper

    def wanted(self, said: Comment | Paper, *, is_sent: bool) -> acts_papers.NewContribution:
        """What a paper is to say."""
        line = self.clauses[said.clause]
        supersedes = self.numbers[said.supersedes] if isinstance(said, Comment) and said.supersedes else None
        return acts_papers.NewContribution(
            round_id=self.round_id,
            draft_id=self.draft_id,
            clause_id=line.clause_id,
            stance=said.stance,
            category=said.category,
            language=said.language,
            reasons=said.reasons,
            read_text_id=texts_in(self.session, [line.text_id], said.read)[line.text_id].text_id,
            proposed=said.proposed,
            amendment_kind=said.kind,
            form_key=f"{self.draft_id}/{said.key}",
            supersedes=supersedes,
            private_notes=said.notes if isinstance(said, Paper) else "",
            is_sent=is_sent,
            names_author=isinstance(said, Paper) and said.names_author,
        )

    def _verify(self, organisation: str, paper: comments.Contribution) -> None:
        head = self._head(organisation)
        if head.place and head.place.clearance_levels == 3:
            deputy = self.gathering.seated(organisation, SeatKind.DEPUTY) or head
            acts_papers.verify_contribution(self.session, deputy, paper)

    def _head(self, organisation: str) -> Actor:
        head = self.gathering.seated(organisation, SeatKind.HEAD)
        if head is None:
            raise LookupError(f"{organisation} has no head of delegation")
        return head
