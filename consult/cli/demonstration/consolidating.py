"""How did the demonstration's first revision come about? Every comment disposed, every clause settled, published."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.cli.demonstration.shapes import Demonstration, Settled
from consult.consolidation import acts, acts_publishing, acts_settling
from consult.consolidation.accepted import MERGED, accepted
from consult.core.actors import Actor
from consult.core.merge import merge, sources
from consult.core.terms import SettlementKind
from consult.drafts.reads import ClauseLine, consultation_row, draft_row, tree
from consult.languages.models import Text
from consult.rounds.models import Round


class Consolidating:
    """The moderator at the desk. `clauses` are the zero draft's by the content's keys."""

    def __init__(
        self,
        session: Session,
        moderator: Actor,
        told: Demonstration,
        consultation_id: int,
        draft_id: int,
        clauses: Mapping[str, ClauseLine],
    ) -> None:
        self.session = session
        self.moderator = moderator
        self.told = told
        self.consultation = consultation_row(session, consultation_id)
        self.draft = draft_row(session, draft_id)
        self.clauses = clauses
        self.new: dict[str, int] = {}

    def play(self, numbers: Mapping[str, int]) -> tuple[int, dict[str, ClauseLine]]:
        """Disposes, settles, publishes. Answers the revision's id and its clauses by key."""
        self.numbers = numbers
        round_ = self.session.scalars(select(Round).where(Round.draft_id == self.draft.id)).one()
        for said in self.told.dispositions.values():
            other = numbers[said.answered_with] if said.answered_with else None
            new = acts.NewDisposition(said.outcome, said.answer, "en", said.words or "", other)
            numbered = [numbers[said.comment]]
            acts.dispose_comments(self.session, self.moderator, self.consultation, round_, numbered, new)
        for settled in self.told.revision.settled:
            self._settle(settled)
        draft = acts_publishing.publish_draft(self.session, self.moderator, self.consultation, 0)
        return draft.id, self._keys(draft.id)

    def _settle(self, told: Settled) -> None:
        if told.kind is SettlementKind.INSERT:
            self._insert(told)
            return
        line = self.clauses[told.key]
        text = "\n\n".join([told.text or "", *(part[1] for part in told.parts)])
        new = acts_settling.NewSettlement(
            kind=told.kind,
            text=text,
            parts=(told.text or "", *(part[1] for part in told.parts)) if told.parts else (),
            choices=self._choices(told, line),
            reasons=self._reasons(told, line, text),
            otherwise=self._cited(told.cites, told.is_editorial),
        )
        row = acts_settling.settle_clause(
            self.session, self.moderator, self.draft, line.clause_id, new, seen=0
        )
        for (key, _), (clause_id, _text) in zip(told.parts, row.parts or [], strict=True):
            self.new[key] = clause_id

    def _insert(self, told: Settled) -> None:
        after = self.clauses[told.after or ""].clause_id
        reason = self._cited(told.cites, told.is_editorial)
        new = acts_settling.NewSettlement(SettlementKind.INSERT, told.text or "", otherwise=reason)
        row = acts_settling.insert_clause(self.session, self.moderator, self.draft, after, new)
        self.new[told.key] = row.clause_id

    def _choices(self, told: Settled, line: ClauseLine) -> dict[str, dict[str, object]]:
        """Every collision of a bracketed clause is kept open, each for its reason."""
        if not told.bracket_reasons:
            return {}
        base = self.session.get_one(Text, line.text_id).body
        collisions = merge(base, accepted(self.session, self.draft.id, line.clause_id, MERGED)).collisions
        reasons = [*told.bracket_reasons, *[told.bracket_reasons[-1]] * len(collisions)]
        return {
            one.key: {"choice": "brackets", "reason": reason}
            for one, reason in zip(collisions, reasons, strict=False)
        }

    def _reasons(
        self, told: Settled, line: ClauseLine, text: str
    ) -> dict[acts_settling.Key, acts_settling.Reason]:
        """What the content cites for a change that no amendment accounts for: the told change that it overlaps."""
        base = self.session.get_one(Text, line.text_id).body
        found = {}
        for change in sources(base, text, accepted(self.session, self.draft.id, line.clause_id)):
            for one in told.changes:
                if one.old_start <= change.old_end and change.old_start <= one.old_start + len(one.old):
                    key = (change.old_start, change.old_end, change.new_start, change.new_end)
                    found[key] = self._cited(one.cites, one.is_editorial)
        return found

    def _cited(self, cites: tuple[str, ...], is_editorial: bool) -> acts_settling.Reason:
        return acts_settling.Reason(
            tuple(sorted(self.numbers[key] for key in cites)), is_editorial and not cites
        )

    def _keys(self, draft_id: int) -> dict[str, ClauseLine]:
        """The revision's clauses by the content's keys: each kept its identity."""
        ids = {line.clause_id: key for key, line in self.clauses.items()} | {
            v: k for k, v in self.new.items()
        }
        return {ids[line.clause_id]: line for line in tree(self.session, draft_id)}
