"""What is an entry of the record about: whose comment, which organisation, which person; and who did it?"""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Contribution, Withdrawal
from consult.comments.models_joint import CoSponsor
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.core.hearing import About
from consult.organisations.models import Merger
from consult.people.models import Organisation, Person, Role, Seat, Voice
from consult.record.models import Entry


def about(session: Session, entries: Sequence[Entry]) -> dict[int, About]:
    """What each of these entries is about, by its id. However many there are, the queries are as many."""
    of_thing: dict[str, list[Entry]] = {}
    for entry in entries:
        of_thing.setdefault(entry.act.partition(".")[0], []).append(entry)
    by = _acting(session, entries)
    return {
        **_of_comments(session, of_thing.get("comment", []), by),
        **_of_answers(session, of_thing.get("dispositions", []), by),
        **_of_organisations(session, of_thing.get("organisation", []), by),
        **_of_roles(session, of_thing.get("role", []), by),
        **{
            entry.id: About(by=by.get(entry.actor_label, frozenset()))
            for one in ("draft", "round")
            for entry in of_thing.get(one, [])
        },
    }


def _acting(session: Session, entries: Sequence[Entry]) -> dict[str, frozenset[int]]:
    """Who may have acted, by the label in the record: a pseudonym's person, or the staff who sit in that place."""
    labels = {entry.actor_label for entry in entries}
    found = {
        row.pseudonym: frozenset({row.id})
        for row in session.execute(select(Person.id, Person.pseudonym).where(Person.pseudonym.in_(labels)))
    }
    left = labels - set(found)
    if left:
        query = (
            select(Organisation.name, Seat.person_id)
            .join(Seat, Seat.organisation_id == Organisation.id)
            .join(Role, Role.person_id == Seat.person_id)
            .where(Organisation.name.in_(left), Seat.until.is_(None), Role.until.is_(None))
        )
        for name, person_id in session.execute(query):
            found[name] = found.get(name, frozenset()) | {person_id}
    return found


def _of_comments(
    session: Session, entries: Sequence[Entry], by: dict[str, frozenset[int]]
) -> dict[int, About]:
    """The delegations and individuals behind a comment; who submitted or withdrew it stands in its own row."""
    if not entries:
        return {}
    ids = {entry.thing_id for entry in entries}
    comments = {row.id: row for row in session.scalars(select(Comment).where(Comment.id.in_(ids)))}
    papers = session.execute(
        select(Comment.id, Contribution.changed_by_id)
        .join(
            Contribution,
            (Contribution.voice_id == Comment.voice_id) & (Contribution.form_key == Comment.form_key),
        )
        .where(Comment.id.in_(ids))
    )
    submitted = {row.id: row.changed_by_id for row in papers}
    taken_back = session.execute(
        select(Withdrawal.comment_id, Withdrawal.by_person_id).where(Withdrawal.comment_id.in_(ids))
    )
    withdrawn = {row.comment_id: row.by_person_id for row in taken_back}
    who = {"comment.submitted": submitted, "comment.withdrawn": withdrawn}
    voices = _voices(session, {id_: {row.voice_id} for id_, row in comments.items()})
    told = {}
    for entry in entries:
        organisations, persons = voices.get(entry.thing_id, ((), ()))
        acted = who.get(entry.act, {}).get(entry.thing_id)
        done_by = frozenset({acted}) if acted else by.get(entry.actor_label, frozenset())
        told[entry.id] = About(organisations, persons, done_by)
    return told


def _of_answers(
    session: Session, entries: Sequence[Entry], by: dict[str, frozenset[int]]
) -> dict[int, About]:
    """Whose comments were answered in the round that an entry makes public."""
    if not entries:
        return {}
    rows = session.execute(
        select(DispositionsPublished.id, Comment.id, Comment.voice_id)
        .join(Disposition, Disposition.round_id == DispositionsPublished.round_id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(DispositionsPublished.id.in_({entry.thing_id for entry in entries}))
    ).all()
    spoken: dict[int, set[int]] = {}
    answered: dict[int, set[int]] = {}
    for published_id, comment_id, voice_id in rows:
        spoken.setdefault(published_id, set()).add(voice_id)
        answered.setdefault(published_id, set()).add(comment_id)
    voices = _voices(session, spoken, answered)
    return {
        entry.id: About(*voices.get(entry.thing_id, ((), ())), by.get(entry.actor_label, frozenset()))
        for entry in entries
    }


def _of_organisations(
    session: Session, entries: Sequence[Entry], by: dict[str, frozenset[int]]
) -> dict[int, About]:
    """The organisation, and where it was merged, the one that it became part of."""
    if not entries:
        return {}
    merged = {entry.thing_id for entry in entries if entry.act == "organisation.merged"}
    mergers = session.scalars(
        select(Merger).where(or_(Merger.id.in_(merged), Merger.organisation_id.in_(merged)))
    ).all()
    told = {}
    for entry in entries:
        one = next((m for m in mergers if entry.thing_id == _named_by(m, entry.thing)), None)
        concerned = (one.organisation_id, one.into_id) if one else (entry.thing_id,)
        told[entry.id] = About(concerned, (), by.get(entry.actor_label, frozenset()))
    return told


def _of_roles(session: Session, entries: Sequence[Entry], by: dict[str, frozenset[int]]) -> dict[int, About]:
    ids = {entry.thing_id for entry in entries}
    rows = session.execute(select(Role.id, Role.person_id).where(Role.id.in_(ids)))
    holders = {row.id: row.person_id for row in rows}
    return {
        entry.id: About((), (holders[entry.thing_id],), by.get(entry.actor_label, frozenset()))
        for entry in entries
        if entry.thing_id in holders
    }


def _named_by(merger: Merger, thing: str) -> int:
    return merger.id if thing == Merger.__tablename__ else merger.organisation_id


def _voices(
    session: Session, spoken: dict[int, set[int]], comments: dict[int, set[int]] | None = None
) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """The organisations and persons behind voices, co-sponsors of the comments included, by whatever names them."""
    named = comments or {one: {one} for one in spoken}
    about_comments = {comment for several in named.values() for comment in several}
    joined: dict[int, set[int]] = {}
    sponsors = select(CoSponsor.comment_id, CoSponsor.voice_id).where(
        CoSponsor.comment_id.in_(about_comments), CoSponsor.until.is_(None)
    )
    for comment_id, voice_id in session.execute(sponsors):
        joined.setdefault(comment_id, set()).add(voice_id)
    wanted = {
        one: spoken[one] | {voice for comment in named.get(one, ()) for voice in joined.get(comment, ())}
        for one in spoken
    }
    ids = {voice for several in wanted.values() for voice in several}
    rows = {row.id: row for row in session.scalars(select(Voice).where(Voice.id.in_(ids)))}
    told = {}
    for one, several in wanted.items():
        behind = [rows[voice] for voice in sorted(several)]
        organisations = tuple(row.organisation_id for row in behind if row.organisation_id is not None)
        persons = tuple(row.person_id for row in behind if row.person_id is not None)
        told[one] = (organisations, persons)
    return told
