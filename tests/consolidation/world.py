"""A small guideline with a closed round on it, made through the acts, for the tests of the desk."""

from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments.acts import (
    NewContribution,
    hide_comment,
    submit_comment,
    withdraw_comment,
    write_contribution,
)
from consult.comments.models import Comment
from consult.consolidation import acts, acts_publishing, acts_settling
from consult.consolidation.acts import NewDisposition
from consult.consolidation.acts_settling import NewSettlement, Reason
from consult.consolidation.models import Disposition, Settlement
from consult.consolidation.reads_ready import Ready, ready
from consult.consolidation.reads_settled import standing_settlements
from consult.core.terms import (
    AmendmentKind,
    Category,
    ClauseKind,
    Outcome,
    SeatKind,
    SettlementKind,
    StakeholderGroup,
    Stance,
    Track,
)
from consult.drafts import acts as drafts
from consult.drafts.models import Draft
from consult.drafts.reads import ClauseLine, Consulted, clause_named, consultation, draft_row, tree
from consult.languages.models import Text
from consult.people.models import Person
from consult.rounds.acts import plan_round
from consult.rounds.models import Round
from tests import build

SHARING = "Test results should be shared with the authority within thirty days."
CLAUSES = (
    drafts.NewClause(ClauseKind.SECTION, 0, "1", "Testing", ""),
    drafts.NewClause(ClauseKind.CLAUSE, 1, "1.1", "", "Every system should be tested before release."),
    drafts.NewClause(ClauseKind.CLAUSE, 1, "1.2", "", SHARING),
    drafts.NewClause(
        ClauseKind.CLAUSE, 1, "1.3", "", "Tests should be repeated after each change. Records should be kept."
    ),
    drafts.NewClause(ClauseKind.SECTION, 0, "2", "Supervision", ""),
    drafts.NewClause(ClauseKind.CLAUSE, 1, "2.1", "", "An authority should supervise the tests."),
    drafts.NewClause(ClauseKind.CLAUSE, 1, "2.2", "", "It should publish a report each year."),
)
EDITORIAL = Reason(is_editorial=True)


class World:
    """A consultation whose first round is open until `close`; then its moderator sits at the desk."""

    def __init__(self, session: Session, clauses: tuple[drafts.NewClause, ...] = CLAUSES) -> None:
        self.session = session
        self.numbers = count(1)
        self.moderator: Person = build.a_moderator(session)
        self.actor = build.acting(session, self.moderator)
        new = drafts.NewConsultation(
            "Testing", "On testing.", "en", ("en", "ar"), Track.OPEN, (), slug="testing"
        )
        self.consultation = drafts.start_consultation(session, self.actor, new)
        self.draft: Draft = drafts.add_draft(session, self.actor, self.consultation, clauses)
        drafts.publish_draft(session, self.actor, self.draft)
        self.opens = build.NOON + timedelta(days=1)
        self.closes = self.opens + timedelta(days=30)
        with clock.stopped(build.NOON):
            self.round: Round = plan_round(
                session, self.actor, self.consultation, self.draft, self.opens, self.closes
            )

    @property
    def after(self) -> datetime:
        """When the comments of the round may be disposed."""
        return self.closes + timedelta(days=1)

    def clause(self, name: str, draft: Draft | None = None) -> ClauseLine:
        """A clause by its number or code."""
        return clause_named(tree(self.session, (draft or self.draft).id), name)

    def body(self, line: ClauseLine) -> str:
        """The words of a clause."""
        return self.session.get_one(Text, line.text_id).body

    def says(
        self,
        clause: str,
        propose: str | None = None,
        *,
        kind: AmendmentKind | None = None,
        stance: Stance = Stance.SUPPORT_WITH_CHANGES,
        group: StakeholderGroup = StakeholderGroup.GOVERNMENT,
        head: Person | None = None,
        read_text_id: int | None = None,
        reasons: str = "It would be clearer.",
    ) -> Comment:
        """A comment in the round, by the head of an organisation of its own unless one is given."""
        line = self.clause(clause)
        who = head or build.a_delegate(
            self.session, build.an_organisation(self.session, group=group), seat=SeatKind.HEAD
        )
        actor = build.acting(self.session, who)
        at = self.opens + timedelta(hours=next(self.numbers))
        wanted = kind or (AmendmentKind.REPLACE if propose is not None else None)
        new = NewContribution(
            round_id=self.round.id,
            draft_id=self.draft.id,
            clause_id=line.clause_id,
            stance=stance,
            category=Category.SUBSTANTIVE,
            language="en",
            reasons=reasons,
            read_text_id=read_text_id or line.text_id,
            proposed=propose,
            amendment_kind=wanted,
        )
        with clock.stopped(at):
            paper = write_contribution(self.session, actor, self.consultation.id, new, at)
            return submit_comment(self.session, actor, paper, at)

    def withdraws(self, comment: Comment, head: Person) -> None:
        """Its head takes a comment back while the round is open."""
        withdraw_comment(
            self.session, build.acting(self.session, head), comment, self.closes - timedelta(hours=1)
        )

    def hides(self, comment: Comment) -> None:
        """The moderator hides a comment."""
        hide_comment(self.session, self.actor, comment, "It names a person.")

    def disposes(self, comment: Comment, outcome: Outcome = Outcome.ACCEPTED, **facts: object) -> Disposition:
        """A disposition with an answer."""
        new = NewDisposition(outcome, **{"answer": "Thank you.", **facts})  # type: ignore[arg-type]
        return acts.dispose_comment(self.session, self.actor, comment, self.round, new)

    def settles(
        self,
        clause: str,
        kind: SettlementKind = SettlementKind.REPLACE,
        text: str = "",
        *,
        seen: int = 0,
        **facts: object,
    ) -> Settlement:
        """The next text of a clause."""
        new = NewSettlement(kind, text, **facts)  # type: ignore[arg-type]
        line = self.clause(clause)
        return acts_settling.settle_clause(self.session, self.actor, self.draft, line.clause_id, new, seen)

    def resettles(self, clause_id: int, kind: SettlementKind, text: str = "", **facts: object) -> Settlement:
        """The same once more, by somebody who saw the last edition."""
        last = next(
            one for one in standing_settlements(self.session, self.draft.id) if one.clause_id == clause_id
        )
        new = NewSettlement(kind, text, **facts)  # type: ignore[arg-type]
        return acts_settling.settle_clause(self.session, self.actor, self.draft, clause_id, new, last.edition)

    def inserts(self, after: int, text: str, **facts: object) -> Settlement:
        """A new clause after the one with this id."""
        new = NewSettlement(SettlementKind.INSERT, text, **facts)  # type: ignore[arg-type]
        return acts_settling.insert_clause(self.session, self.actor, self.draft, after, new)

    def publishes(self) -> Draft:
        """The next draft."""
        return acts_publishing.publish_draft(self.session, self.actor, self.consultation, self.draft.ordinal)

    def next_round(self, opens: datetime, closes: datetime) -> Round:
        """A round on the draft published last, which is now the draft at the desk."""
        newest = self.consulted().newest
        assert newest is not None
        self.draft = draft_row(self.session, newest.id)
        with clock.stopped(opens - timedelta(hours=1)):
            return plan_round(self.session, self.actor, self.consultation, self.draft, opens, closes)

    def ready(self) -> Ready:
        """What is left before the next draft."""
        return ready(self.session, self.consultation.id, self.draft.id)

    def consulted(self) -> Consulted:
        """The consultation as its moderator sees it."""
        return consultation(self.session, self.actor, "testing", "en")

    def shape(self, draft: Draft) -> list[tuple[str, str, str]]:
        """Code, number and words of every clause below the whole."""
        lines = tree(self.session, draft.id)[1:]
        bodies = dict(self.session.execute(select(Text.id, Text.body)).all())
        return [(one.code, one.number, bodies[one.text_id]) for one in lines]
