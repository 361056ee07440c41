"""What does an entry of the record say to a person? Looked up by its act; an act without a sentence is named."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from babel.lists import format_list
from flask_babel import gettext, ngettext

from consult.core import terms
from consult.web.filters import instant
from consult.web.labels import draft_label, label
from consult.web.locale import language_name, spoken
from consult.web.record_sentences_people import SENTENCES as OF_PEOPLE

Facts = Mapping[str, Any]
ERASED = "hmac-sha256:"


class Line(Protocol):
    """An entry as `record.reads` lists it."""

    @property
    def act(self) -> str: ...
    @property
    def facts(self) -> Facts: ...


def sentence_of(line: Line) -> str:
    """The sentence of one entry, in the reader's language."""
    say = SENTENCES.get(line.act)
    if say is not None:
        try:
            return say(line.facts)
        except (KeyError, ValueError):
            pass  # an entry of an older shape: its facts stand below it in full
    return gettext("“%(act)s” was recorded.", act=line.act)


def _term(kind: type[StrEnum], value: str) -> str:
    return label(kind(value))


def _words(facts: Facts, name: str) -> str:
    """Words that may have been erased since: then the entry holds the commitment only."""
    words = str(facts[name])
    return gettext("(these words were erased)") if words.startswith(ERASED) else words


def _instant(facts: Facts, name: str) -> str:
    return instant(datetime.fromisoformat(facts[name])).striptags()


def _languages(tags: list[str]) -> str:
    return format_list([language_name(tag, spoken()) for tag in tags], locale=spoken())


def _draft(ordinal: int) -> str:
    return draft_label(terms.DraftKind.REVISION if ordinal else terms.DraftKind.ZERO, ordinal)


def _clauses(count: int) -> str:
    return ngettext("one clause", "%(num)d clauses", count)


def _where(clause: str) -> str:
    whole = clause == "whole"
    return gettext("the whole draft") if whole else gettext("clause %(code)s (permanent code)", code=clause)


def _organisation_added(facts: Facts) -> str:
    return gettext(
        "%(organisation)s (%(group)s) was entered in the list of organisations.",
        organisation=facts["organisation"],
        group=_term(terms.StakeholderGroup, facts["group"]),
    )


def _accredited(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was accredited: its positions count. Reason: %(reason)s",
        organisation=facts["organisation"],
        reason=_words(facts, "reason"),
    )


def _accreditation_ended(facts: Facts) -> str:
    return gettext(
        "The accreditation of %(organisation)s ended: its positions are shown apart. Reason: %(reason)s",
        organisation=facts["organisation"],
        reason=_words(facts, "reason"),
    )


def _started(facts: Facts) -> str:
    return gettext(
        "The consultation “%(slug)s” was started. Source language: %(source)s. Offered in: %(languages)s.",
        slug=facts["slug"],
        source=language_name(facts["source_language"], spoken()),
        languages=_languages(facts["languages"]),
    )


def _invited(facts: Facts) -> str:
    return gettext("%(organisation)s was invited.", organisation=facts["organisation"])


def _written(facts: Facts) -> str:
    return gettext(
        "%(draft)s was written down, with %(clauses)s.",
        draft=_draft(facts["ordinal"]),
        clauses=_clauses(facts["clauses"]),
    )


def _published(facts: Facts) -> str:
    named = draft_label(terms.DraftKind(facts["kind"]), facts["ordinal"])
    return gettext("%(draft)s was published. From now on it never changes.", draft=named)


def _translated(facts: Facts) -> str:
    return gettext(
        "A text was translated into %(language)s (%(state)s).",
        language=language_name(facts["language"], spoken()),
        state=_term(terms.TranslationState, facts["state"]),
    )


def _planned(facts: Facts) -> str:
    return gettext(
        "Round %(ordinal)d on draft %(draft)d was planned: it opens on %(opens)s and closes on %(closes)s.",
        ordinal=facts["ordinal"],
        draft=facts["draft"],
        opens=_instant(facts, "opens_at"),
        closes=_instant(facts, "closes_at"),
    )


def _extended(facts: Facts) -> str:
    return gettext(
        "Round %(ordinal)d was extended: it closes on %(closes)s instead of %(was)s.",
        ordinal=facts["ordinal"],
        closes=_instant(facts, "closes_at"),
        was=_instant(facts, "was"),
    )


def _shortened(facts: Facts) -> str:
    return gettext(
        "Round %(ordinal)d was shortened: it closes on %(closes)s instead of %(was)s. Reason: %(reason)s",
        ordinal=facts["ordinal"],
        closes=_instant(facts, "closes_at"),
        was=_instant(facts, "was"),
        reason=_words(facts, "reason"),
    )


def _closed(facts: Facts) -> str:
    return gettext("Round %(ordinal)d closed by the clock.", ordinal=facts["ordinal"])


def _submitted(facts: Facts) -> str:
    return gettext(
        "#%(number)d was submitted on %(where)s: %(stance)s.",
        number=facts["number"],
        where=_where(facts["clause"]),
        stance=_term(terms.Stance, facts["stance"]),
    )


def _withdrawn(facts: Facts) -> str:
    return gettext("#%(number)d was withdrawn by its author.", number=facts["number"])


def _hidden(facts: Facts) -> str:
    return gettext(
        "#%(number)d was hidden. Reason: %(reason)s", number=facts["number"], reason=_words(facts, "reason")
    )


def _restored(facts: Facts) -> str:
    return gettext(
        "#%(number)d was shown again. Reason: %(reason)s",
        number=facts["number"],
        reason=_words(facts, "reason"),
    )


def _position(facts: Facts) -> str:
    return gettext(
        "A position was taken on %(where)s: %(stance)s.",
        where=_where(facts["clause"]),
        stance=_term(terms.Stance, facts["stance"]),
    )


def _carried(facts: Facts) -> str:
    return ngettext(
        "One position was carried over to %(draft)s, where the words did not change.",
        "%(num)d positions were carried over to %(draft)s, where the words did not change.",
        facts["count"],
        draft=_draft(facts["draft"]),
    )


def _answers(facts: Facts) -> str:
    return ngettext(
        "The answer to one comment of round %(round)d was published.",
        "The answers to %(num)d comments of round %(round)d were published.",
        facts["count"],
        round=facts["round"],
    )


def _disposed(facts: Facts) -> str:
    return gettext(
        "#%(number)d was answered: %(outcome)s.",
        number=facts["number"],
        outcome=_term(terms.Outcome, facts["outcome"]),
    )


def _considered(facts: Facts) -> str:
    return gettext(
        "#%(number)d was considered in round %(round)d.", number=facts["number"], round=facts["round"]
    )


def _settled(facts: Facts) -> str:
    kind, where = _term(terms.SettlementKind, facts["kind"]), _where(facts["clause"])
    if not facts["comments"]:
        return gettext("The next text of %(where)s was settled: %(kind)s.", where=where, kind=kind)
    return gettext(
        "The next text of %(where)s was settled: %(kind)s. Comments that led there: %(comments)s.",
        where=where,
        kind=kind,
        comments=format_list([f"#{number}" for number in facts["comments"]], locale=spoken()),
    )


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "organisation.added": _organisation_added,
    "organisation.accredited": _accredited,
    "organisation.accreditation_ended": _accreditation_ended,
    "consultation.started": _started,
    "party.invited": _invited,
    "draft.written": _written,
    "draft.published": _published,
    "text.translated": _translated,
    "round.planned": _planned,
    "round.extended": _extended,
    "round.shortened": _shortened,
    "round.closed": _closed,
    "comment.submitted": _submitted,
    "comment.withdrawn": _withdrawn,
    "comment.hidden": _hidden,
    "comment.restored": _restored,
    "position.taken": _position,
    "positions.carried": _carried,
    "dispositions.published": _answers,
    "comment.disposed": _disposed,
    "comment.considered": _considered,
    "clause.settled": _settled,
    **OF_PEOPLE,
}
