"""Do the words of the demonstration fit together? Refuses a key that names nothing, an objection without reasons,
a comment without an answer, an acceptance that the settled text does not carry out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from consult.cli.demonstration.coherence_story import faults_of_story
from consult.cli.demonstration.shapes import (
    Clause,
    ClauseWords,
    Comment,
    Demonstration,
    Disposed,
    Paper,
    Round,
)
from consult.core.dispositions import carried_out
from consult.core.terms import AmendmentKind, Outcome, PaperState, Stance

WHOLE = "whole"
CHANGES = {Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PRINCIPLE, Outcome.ACCEPTED_IN_PART}


class Incoherent(Exception):
    """The content files contradict themselves; the words say where."""


def check(whole: Demonstration) -> None:
    """Raise Incoherent with every fault found, one a line."""
    faults = [*_of_people(whole), *_of_rounds(whole), *_of_dispositions(whole), *_of_settlement(whole)]
    faults += faults_of_story(whole)
    if faults:
        raise Incoherent("\n".join(faults))


def _of_people(whole: Demonstration) -> Iterator[str]:
    slugs = {each.key for each in whole.organisations}
    heads = {each.organisation for each in whole.people if each.seat == "head"}
    yield from (f"{slug} has no head of delegation" for slug in slugs - heads)
    for person in whole.people:
        if (person.organisation in slugs) != (person.seat is not None):
            yield f"{person.key} has a seat in no organisation"


# The rounds


def _of_rounds(whole: Demonstration) -> Iterator[str]:
    guideline = whole.guideline
    for language, words in guideline.translations.items():
        yield from _of_translation(language, words, guideline.clauses)
    first, second = whole.first_round, whole.second_round
    yield from _of_round(first, guideline.clauses, first.length)
    yield from _of_round(second, whole.revision.clauses, second.opened_ago)
    if first.opened_ago <= first.length or second.opened_ago >= second.length:
        yield "the first round must be closed and the second one open"


def _of_translation(
    language: str, words: Mapping[str, ClauseWords], clauses: Sequence[Clause]
) -> Iterator[str]:
    said = {key: (bool(each.heading), bool(each.text)) for key, each in words.items()}
    for clause in clauses:
        if said.get(clause.key) != (bool(clause.heading), bool(clause.text)):
            yield f"{language}: {clause.key} lacks its heading or its text"
    yield from (f"{language}: {key} is no clause" for key in said.keys() - {clause.key for clause in clauses})


def _of_round(round_: Round, clauses: Sequence[Clause], until: timedelta) -> Iterator[str]:
    texts = {clause.key: clause.text for clause in clauses}
    by_key = {comment.key: comment for comment in round_.comments}
    times = [comment.at for comment in round_.comments]
    if len(set(times)) != len(times):
        yield f"two comments come at the same minute: {sorted(at for at in times if times.count(at) > 1)}"
    said: tuple[Comment | Paper, ...] = (*round_.comments, *round_.papers)
    for each in said:
        yield from (f"{each.key}: {fault}" for fault in _of_words(each, texts))
        if each.at >= until:
            yield f"{each.key} comes too late"
    for comment in round_.comments:
        before = by_key.get(comment.supersedes or comment.key)
        if before is None or before.at > comment.at:
            yield f"{comment.key} supersedes nothing that was said before"
        if comment.withdrawn_at is not None and comment.withdrawn_at <= comment.at:
            yield f"{comment.key} is withdrawn before it is made"
    spoken = {(comment.organisation, comment.clause) for comment in round_.comments}
    for position in round_.positions:
        if position.clause not in texts or position.stance is Stance.OBJECT:
            yield f"no bare position {position.stance} on {position.clause}"
        if (position.organisation, position.clause) in spoken:
            yield f"{position.organisation} has a comment and a bare position on {position.clause}"
    taken = [(position.organisation, position.clause) for position in round_.positions]
    yield from (f"{each} takes two bare positions" for each in set(taken) if taken.count(each) > 1)


def _of_words(each: Comment | Paper, texts: Mapping[str, str]) -> Iterator[str]:
    if each.clause not in texts and each.clause != WHOLE:
        yield "there is no such clause"
    if not each.reasons:
        yield "it has no reasons"
    if isinstance(each, Paper) and each.state not in (PaperState.DRAFT, PaperState.VERIFIED):
        yield "a paper is a draft or verified"
    needs_words = each.kind not in (None, AmendmentKind.DELETE)
    if needs_words != bool(each.proposed):
        yield "its kind and its proposed text do not go together"
    if each.clause == WHOLE and each.kind:
        yield "an amendment needs a clause"
    if each.kind is AmendmentKind.REPLACE and each.read == "en" and each.proposed == texts.get(each.clause):
        yield "it proposes the text as it stands"


# The dispositions and the settled texts


def standing(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """Those that rule 7 counts: neither withdrawn nor superseded."""
    comments = tuple(comments)
    replaced = {comment.supersedes for comment in comments}
    return tuple(each for each in comments if each.withdrawn_at is None and each.key not in replaced)


def _of_dispositions(whole: Demonstration) -> Iterator[str]:
    asked = {comment.key for comment in standing(whole.first_round.comments)}
    yield from (f"{key} has no disposition" for key in sorted(asked - whole.dispositions.keys()))
    yield from (
        f"{key} needs no disposition, or is no comment" for key in sorted(whole.dispositions.keys() - asked)
    )
    for key, disposed in whole.dispositions.items():
        if not disposed.answer:
            yield f"{key} gets no answer"
        if (disposed.outcome is Outcome.ACCEPTED_IN_PRINCIPLE) != bool(disposed.words):
            yield f"{key}: the words used are given exactly where it is accepted in principle"
        if (disposed.outcome is Outcome.ANSWERED_WITH) != (disposed.answered_with in asked - {key}):
            yield f"{key} is answered with no other comment"


def _of_settlement(whole: Demonstration) -> Iterator[str]:
    comments = {comment.key: comment for comment in whole.first_round.comments}
    keys = [clause.key for clause in whole.revision.clauses]
    yield from (f"{key} stands twice in the revision" for key in set(keys) if keys.count(key) > 1)
    for settled in whole.revision.settled:
        yield from (
            f"{settled.key} cites {cite}, which is no comment"
            for cite in settled.cites
            if cite not in comments
        )
        if not settled.cites and not settled.is_editorial:
            yield f"{settled.key} changes without a reason"
        if (settled.text or "").count(" [") and not settled.bracket_reasons:
            yield f"{settled.key} does not say why its brackets are open"
    revised = {clause.key: clause.text for clause in whole.revision.clauses}
    for language, words in whole.revision.translations.items():
        yield from (f"{language}: {key} is not in the revision" for key in words if key not in revised)
    for key, disposed in whole.dispositions.items():
        if key in comments and not _carried_out(whole, comments[key], disposed):
            yield f"{key} is {disposed.outcome}, but the text does not say so: “{revised.get(comments[key].clause)}”"


def _carried_out(whole: Demonstration, comment: Comment, disposed: Disposed) -> bool:
    if disposed.outcome not in CHANGES:
        return True
    before = {clause.key: clause.text for clause in whole.guideline.clauses}
    after = {clause.key: clause.text for clause in whole.revision.clauses}
    cited = {cite for settled in whole.revision.settled for cite in settled.cites}
    if comment.kind is AmendmentKind.DELETE:
        done = comment.clause not in after
    elif comment.kind is AmendmentKind.INSERT_AFTER:
        done = comment.proposed in after.values()
    else:
        is_source = comment.read == whole.guideline.source
        proposed = comment.proposed if is_source and comment.kind is AmendmentKind.REPLACE else None
        words = (
            disposed.outcome,
            before[comment.clause],
            proposed,
            after.get(comment.clause),
            disposed.words,
        )
        done = bool(carried_out(*words))
    return done and comment.key in cited
