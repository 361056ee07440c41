"""Somebody who has filled in everything that can be filled in: her name, her address and her words in every room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import tables
from consult.core.actors import SYSTEM
from consult.core.terms import LetterState, RoleKind, SeatKind, TicketPurpose, UploadPurpose
from consult.db import commit
from consult.delegations.models import Remark
from consult.documents.models import Upload
from consult.drafts.acts_interests import declare_interest
from consult.drafts.models import RosterImport
from consult.jobs import Job, put
from consult.notices.models import Follower, Following, Letter
from consult.organisations.models import Invitation, Mandate, Proposal, SeatRequest
from consult.people.acts_roles import give_role
from consult.people.models import Person
from consult.people.models_access import Identity, Passkey, RecoveryCode, Ticket
from consult.people.posting import ask_letter
from consult.record.acts import journal, note
from tests import build

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PASSWORD = "a long enough password"
WORDS = "Quillwords"  # what she wrote for herself or to somebody
SECRET = "Quillsecret"
INNER = "Quillinner"  # what she wrote inside the delegation: it stays there
OFFICIAL = "Quillofficial"  # what the organisation submitted


@dataclass(frozen=True)
class Planted:
    """Who she is, and what must not be found once she has left."""

    person: Person
    name: str
    email: str
    organisation: str
    password_hash: str

    @property
    def traces(self) -> tuple[str, ...]:
        """Everything that is hers alone."""
        first, *_, last = self.name.split()
        earlier = ("Earlier-Quill", "earlier@quill.example")
        return (self.name, last, first, self.email, self.password_hash, WORDS, SECRET, *earlier)


def plant(session: Session, opened: build.Opened, name: str, email: str) -> Planted:
    """Builds her and all that she left behind. Whatever has a page or an act is written by it."""
    kenya = build.an_organisation(session, name="Ministry of Kenya", levels=3)
    build.a_delegate(session, kenya)
    person = build.a_person(session, name="Earlier-Quill", email="earlier@quill.example", password=PASSWORD)
    commit(session)  # what she was called before has been written to the log
    person.name, person.email, person.totp_secret = name, email, SECRET
    build.people.give_seat(session, SYSTEM, person, kenya, SeatKind.DEPUTY)
    session.flush()
    _in_the_delegation(session, opened, person)
    _at_the_door(session, person, name, email)
    _among_organisations(session, person, name, email)
    _in_letters_and_files(session, opened, person, name, email)
    _in_the_record(session, opened, person, name)
    return Planted(person, name, email, "Ministry of Kenya", str(person.password_hash))


def _in_the_delegation(session: Session, opened: build.Opened, person: Person) -> None:
    head = next(
        one
        for one in session.scalars(select(Person))
        if build.acting(session, one).place and one is not person
    )
    build.a_comment(session, opened, head, "3.1", reasons=f"{OFFICIAL} words.")
    named = build.a_paper(session, opened, person, "3.2", reasons=f"{OFFICIAL} too.", names_author=True)
    build.comments.submit_comment(session, build.acting(session, head), named, NOON)
    paper = build.a_paper(
        session, opened, person, "3.3", reasons=f"{INNER} paper.", private_notes=f"{INNER} notes."
    )
    session.add(
        Remark(
            **{
                "key": "r",
                "form_key": "f",
                "consultation_id": opened.consultation.id,
                "author_id": person.id,
            },
            **{
                "voice_id": paper.voice_id,
                "contribution_id": paper.id,
                "words": f"{INNER} remark.",
                "at": NOON,
            },
        )
    )


def _at_the_door(session: Session, person: Person, name: str, email: str) -> None:
    lasts = {"made_at": NOON, "ends_at": NOON + timedelta(days=1)}
    facts = {"new_email": email, "name": name, "words": WORDS}
    session.add_all(
        [
            Ticket(
                key=f"{SECRET}-1", purpose=TicketPurpose.EMAIL_NEW, person_id=person.id, facts=facts, **lasts
            ),
            Ticket(key=f"{SECRET}-2", purpose=TicketPurpose.REGISTER, email=email, facts=facts, **lasts),
            Passkey(
                **{
                    "person_id": person.id,
                    "credential_id": SECRET.encode(),
                    "public_key": SECRET.encode() * 2,
                },
                **{"name": f"{name}’s telephone", "transports": [WORDS], "made_at": NOON},
            ),
            RecoveryCode(person_id=person.id, code_hash=SECRET, made_at=NOON),
            Identity(person_id=person.id, issuer="https://provider.example", subject=SECRET, made_at=NOON),
        ]
    )


def _among_organisations(session: Session, person: Person, name: str, email: str) -> None:
    others = [build.an_organisation(session) for _ in range(4)]
    who = {"person_id": person.id, "words": f"{WORDS}, yours {name}", "at": NOON}
    answered = {"decided_at": NOON, "is_granted": False, "answer": f"Dear {name}, no."}
    lasts = {"made_at": NOON, "ends_at": NOON + timedelta(days=9), "words": f"Dear {name}, come. {WORDS}"}
    session.add_all(
        [
            SeatRequest(key="q1", organisation_id=others[0].id, **who),
            SeatRequest(key="q2", organisation_id=others[1].id, **who, **answered),
            Proposal(
                **{
                    "organisation_id": others[2].id,
                    "by_person_id": person.id,
                    "words": f"{WORDS} {name}",
                    "at": NOON,
                },
                **{"decided_at": NOON, "answer": f"Dear {name}, yes."},
            ),
            Invitation(key="i1", email=email, name=name, organisation_id=others[3].id, **lasts),
            Invitation(
                **{
                    "key": "i2",
                    "email": "somebody@example.org",
                    "name": "",
                    "by_person_id": person.id,
                    **lasts,
                }
            ),
            Invitation(
                **{
                    "key": "i3",
                    "email": email,
                    "name": name,
                    "accepted_at": NOON,
                    "accepted_by_id": person.id,
                },
                **lasts,
            ),
            Mandate(
                **{
                    "key": "m",
                    "organisation_id": others[0].id,
                    "file_name": f"{name}.pdf",
                    "size": 3,
                    "at": NOON,
                },
                **{
                    "media_type": "application/pdf",
                    "sha256": "x",
                    "content": b"pdf",
                    "by_person_id": person.id,
                },
            ),
        ]
    )


def _in_letters_and_files(
    session: Session, opened: build.Opened, person: Person, name: str, email: str
) -> None:
    within = opened.consultation.id
    build.comments.keep_words(session, build.acting(session, person), "/p", {"reasons": WORDS}, NOON)
    ask_letter(session, "account.password_changed", person.id, person_id=person.id)
    letter = {
        "kind": "x.y",
        "language": "en",
        "time_zone": "UTC",
        "written_at": NOON,
        "state": LetterState.FAILED,
        "next_at": NOON,
        "facts": {},
    }
    session.add_all(
        [
            Following(person_id=person.id, kind="draft.published", is_mailed=True, at=NOON),
            Follower(person_id=person.id, consultation_id=within, at=NOON),
            Letter(key="l1", name="a" * 32, email=email, is_mailed=False, **letter),
            Letter(
                key="l2",
                name="b" * 32,
                person_id=person.id,
                error=f"refused: {email}",
                is_mailed=False,
                **letter,
            ),
            RosterImport(
                **{"key": "o", "consultation_id": within, "by_person_id": opened.moderator.id, "at": NOON},
                rows=[
                    {"name": name, "email": email, "organisation": "Ministry"},
                    {"email": "other@example.org"},
                ],
            ),
            Upload(
                **{
                    "sha256": "x",
                    "media_type": "text/plain",
                    "file_name": f"by {name}.txt",
                    "size": 1,
                    "at": NOON,
                },
                **{"purpose": UploadPurpose.DRAFT, "consultation_id": within, "by_person_id": person.id},
            ),
        ]
    )
    put(session, "x.failed", "1", asked_by_id=person.id)
    session.flush()
    for job in session.scalars(select(Job).where(Job.kind == "x.failed")):
        job.error, job.run_after = f"IntegrityError({email!r})", NOON + timedelta(days=99)


def _in_the_record(session: Session, opened: build.Opened, person: Person, name: str) -> None:
    """As somebody who translated for a while: an interest declared, and words of others about her."""
    who = build.acting(session, opened.moderator)
    give_role(
        session, SYSTEM, person, RoleKind.TRANSLATOR, consultation_id=opened.consultation.id, language="fr"
    )
    declare_interest(session, build.acting(session, person), opened.consultation, f"{WORDS}: I know {name}.")
    said = {"reason": f"Asked for by {name}."}
    note(session, who, "interest.declared", opened.draft, within=opened.consultation.id, disclosed=said)
    journal(session, build.acting(session, person), "something.written", words=f"{WORDS} of {name}")
    journal(session, who, "something.said", person=person.pseudonym, reason=f"{name} said {WORDS}.")


def rows(session: Session) -> str:
    """Every column of every row of every table, as text."""
    return "\n".join(
        f"{table.name}: {[_text(value) for value in row]}"
        for table in tables.ALL
        for row in session.execute(select(table))
    )


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def files(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below these folders, with its bytes."""
    for folder in folders:
        for place in folder.rglob("*"):
            if place.is_file():
                yield place, place.read_bytes()
