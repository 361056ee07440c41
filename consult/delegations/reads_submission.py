"""What will everybody read, once a delegation submits all that is ready? Shown before it is done."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.comments.excerpts import runs_of
from consult.comments.wording import Lacking, Wording, lacking
from consult.core.diff import Run
from consult.core.terms import ClauseKind
from consult.delegations.reads import Work, WorkRow
from consult.languages.reads import Said, originals, texts_in


@dataclass(frozen=True, slots=True)
class Previewed:
    """One paper as the public will read it."""

    row: WorkRow
    heading: Said | None
    read: Said
    runs: tuple[Run, ...]
    lacks: tuple[Lacking, ...]

    @property
    def joins(self) -> tuple[str, ...]:
        """The organisations whose names will stand with it."""
        return tuple(one.voice.name for one in self.row.sponsors if one.joins)


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole submission; what is left out of it stands apart, with the reason."""

    ready: tuple[Previewed, ...]
    left_out: tuple[WorkRow, ...]

    @property
    def seen(self) -> str:
        """Every paper shown with its edition, as the form carries them."""
        return " ".join(one.row.seen for one in self.ready)


def preview(session: Session, work: Work, language: str) -> Preview:
    """The papers that are ready, in the order of the clauses. Two queries more than the work page."""
    ready = work.ready
    reads = originals(session, [one.paper.read_text_id for one in ready])
    headings = texts_in(session, [one.paper.clause.heading_text_id for one in ready], language)
    shown = []
    for row in ready:
        line = row.paper
        read = reads[line.read_text_id]
        is_whole = line.clause.kind is ClauseKind.WHOLE
        words = Wording(line.stance, line.reasons, line.amendment_kind, line.proposed, read.body, is_whole)
        runs = runs_of(line.amendment_kind, read.body, line.proposed) if line.amendment_kind else ()
        heading = headings.get(line.clause.heading_text_id or 0)
        shown.append(Previewed(row, heading, read, runs, lacking(words)))
    waiting = tuple(one for one in work.rows if one not in ready and one.made is None)
    return Preview(tuple(shown), waiting)
