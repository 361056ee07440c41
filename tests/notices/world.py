"""One letter of every kind, from real rows: a ministry of three levels, a round, comments, papers, invitations, links."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.comments import acts as comments
from consult.comments.models import Contribution
from consult.comments.models_joint import Sponsorship
from consult.consolidation.models import Disposition, DispositionsPublished
from consult.core.actors import SYSTEM
from consult.core.terms import (
    FactorChange,
    Outcome,
    RoleKind,
    SeatKind,
    SponsorState,
    TicketPurpose,
)
from consult.db import commit
from consult.delegations.models import Remark
from consult.drafts.models import Party, PartyReminder
from consult.languages.acts import write_text
from consult.notices.asked import letters_asked
from consult.notices.closing import write_closing
from consult.notices.following import follow
from consult.notices.models import Letter
from consult.notices.writing import write_letters
from consult.organisations.models import Invitation, Proposal, SeatRequest
from consult.people import acts as people
from consult.people.acts_roles import end_role
from consult.people.models import Organisation, OrganisationWords, Person, Seat, SignIn, Voice
from consult.people.models_access import Ticket
from consult.privacy.models import Takeout
from consult.record.acts import note
from consult.rounds import acts as rounds
from tests import build

LONG = "Draft guideline on the testing, evaluation, certification and supervision of general-purpose systems"
DAY = timedelta(days=1)
NAME = "Ministry of Communications, Information Technology and the Digital Economy"


class Everything:
    """Every kind of letter at least once, written in a language and a time zone."""

    def __init__(self, session: Session, language: str = "en", time_zone: str = "Africa/Nairobi") -> None:
        self.session, self.language, self.zone = session, language, time_zone
        self.at = clock.now()
        self.ministry = build.an_organisation(session, name=NAME, levels=3)
        self.other = build.an_organisation(session, name="Institute for Measurement", country="BR")
        for tag, name in (
            ("ar", "وزارة الاتصالات"),
            ("zh", "通信部"),
            ("fr", "Ministère des Communications"),
        ):
            session.add(OrganisationWords(organisation_id=self.ministry.id, language=tag, name=name))
        self.head = self.seated(self.ministry, SeatKind.HEAD, "Amina Wanjiru Odhiambo")
        self.deputy = self.seated(self.ministry, SeatKind.DEPUTY, "Juma Otieno")
        self.contributor = self.seated(self.ministry, SeatKind.CONTRIBUTOR, "Grace Naliaka")
        self.colleague = self.seated(self.other, SeatKind.HEAD, "João Pereira")
        self.administrator = build.an_administrator(session)
        self.opened = build.an_open_round(session, parties=[self.ministry, self.other], title=LONG)
        self.say_in_public()
        while follow(session):
            commit(session)
        self.say_in_private()
        commit(session)

    def seated(self, organisation: Organisation, kind: SeatKind, name: str) -> Person:
        """Somebody in a seat."""
        person = build.a_person(self.session, name=name, language=self.language, time_zone=self.zone)
        people.give_seat(self.session, SYSTEM, person, organisation, kind)
        self.session.flush()
        return person

    def letters(self) -> dict[str, Letter]:
        """One of each kind, in this language where somebody reads it so."""
        found = self.session.scalars(select(Letter).order_by(Letter.id)).all()
        return {one.kind: one for one in sorted(found, key=lambda one: one.language == self.language)}

    def say_in_public(self) -> None:
        """What the record tells of."""
        session, opened = self.session, self.opened
        actor = build.acting(session, opened.moderator)
        rounds.extend_round(
            session, actor, opened.round, opened.round.closes_at + 9 * DAY, "Many asked for time."
        )
        rounds.extend_round(
            session, actor, opened.round, opened.round.closes_at - DAY, "The venue\r\nSubject: is booked."
        )
        comment = build.a_comment(session, opened, self.head)
        commit(session)
        comments.hide_comment(session, actor, comment, "It names a person.")
        comments.restore_comment(session, actor, comment, "The name was taken out.")
        self.answer(comment.id)
        comments.withdraw_comment(session, build.acting(session, self.head), comment, clock.now())
        note(session, SYSTEM, "round.closed", opened.round, within=opened.consultation.id, ordinal=1)
        own = self.ministry
        for act, facts in {
            "organisation.renamed": {"was": "Ministry of Posts", "organisation": NAME, "language": "en"},
            "organisation.merged": {"organisation": "Post Office", "into": NAME, "into_slug": own.slug},
            "organisation.disabled": {"organisation": NAME},
            "organisation.restored": {"organisation": NAME},
            "organisation.accreditation_ended": {"organisation": NAME},
        }.items():
            note(session, SYSTEM, act, own, within=None, disclosed={"reason": "So it was decided."}, **facts)
        role = people.give_role(session, SYSTEM, self.contributor, RoleKind.TRANSLATOR, language="fr")
        session.flush()
        end_role(session, build.acting(session, self.administrator), role)
        commit(session)

    def answer(self, comment_id: int) -> None:
        """A published disposition of one comment."""
        session, opened = self.session, self.opened
        words = write_text(session, opened.consultation.id, "en", "We followed you.")
        session.add(
            Disposition(
                comment_id=comment_id,
                round_id=opened.round.id,
                outcome=Outcome.NOTED,
                answer_text_id=words.id,
                by_person_id=opened.moderator.id,
                at=self.at,
            )
        )
        published = DispositionsPublished(
            round_id=opened.round.id, by_person_id=opened.moderator.id, at=self.at
        )
        session.add(published)
        session.flush()
        note(
            session,
            SYSTEM,
            "dispositions.published",
            published,
            within=opened.consultation.id,
            round=1,
            count=1,
        )

    def say_in_private(self) -> None:
        """What acts ask letters for, and what the clock writes."""
        paper = self.paper()
        write_closing(self.session, self.opened.round.id, self.opened.round.closes_at)
        for kind, ids in {
            **self._links(),
            **self._accounts(),
            **self._organisations(),
            **self._papers(paper),
            **self._roster(),
        }.items():
            self.ask(kind, **ids)

    def ask(self, kind: str, **ids: int | str) -> None:
        """Writes the letters that an act asks for."""
        found = letters_asked(self.session, kind, f"{kind}:{sorted(ids.items())}", ids)
        assert found, kind
        write_letters(self.session, found)

    def paper(self) -> Contribution:
        """A paper that a contributor has handed on."""
        paper = build.a_paper(self.session, self.opened, self.contributor, "3.1")
        actor = build.acting(self.session, self.contributor)
        comments.send_contribution(self.session, actor, paper, paper.edition, clock.now())
        self.session.flush()
        return paper

    def ticket(self, purpose: TicketPurpose, email: str | None, person: Person | None) -> Ticket:
        """What a link opens."""
        row = Ticket(
            key=f"ticket-{purpose.value}-{self.language}",
            purpose=purpose,
            person_id=person.id if person else None,
            email=email,
            language=self.language,
            facts={},
            made_at=self.at,
            ends_at=self.at + DAY,
        )
        return self.added(row)

    def added(self, row):  # type: ignore[no-untyped-def]
        """The row, with its id."""
        self.session.add(row)
        self.session.flush()
        return row

    def invitation(self, key: str, **facts: object) -> Invitation:
        """An invitation by letter."""
        row = Invitation(
            key=f"{key}-{self.language}",
            email=f"{key}@example.org",
            language=self.language,
            words="Please join us.\n\nBcc: everybody@example.org",
            by_person_id=self.head.id,
            made_at=self.at,
            ends_at=self.at + 14 * DAY,
            **facts,
        )
        return self.added(row)

    def _links(self) -> dict[str, dict[str, int]]:
        head = self.head
        seat = {"organisation_id": self.ministry.id, "seat_kind": SeatKind.DEPUTY}
        return {
            "account.confirm": {"ticket_id": self.ticket(TicketPurpose.REGISTER, "new@example.org", None).id},
            "account.reset": {"ticket_id": self.ticket(TicketPurpose.RESET, head.email, head).id},
            "account.email_old": {"ticket_id": self.ticket(TicketPurpose.EMAIL_OLD, head.email, head).id},
            "account.email_new": {
                "ticket_id": self.ticket(TicketPurpose.EMAIL_NEW, "other@example.org", head).id
            },
            "account.sign_in_link": {"ticket_id": self.ticket(TicketPurpose.SIGN_IN, head.email, head).id},
            "seat.invited": {"invitation_id": self.invitation("invited", **seat).id},
            "seat.reminded": {
                "invitation_id": self.invitation(
                    "reminded", **seat, consultation_id=self.opened.consultation.id
                ).id
            },
        }

    def _accounts(self) -> dict[str, dict[str, int | str]]:
        sign_in = self.added(
            SignIn(
                person_id=self.head.id,
                token_hash=f"hash-{self.language}",
                started_at=self.at,
                ends_at=self.at + DAY,
                device="Firefox/Linux",
            )
        )
        takeout = self.added(
            Takeout(
                key=f"takeout-{self.language}",
                person_id=self.head.id,
                sign_in_id=sign_in.id,
                asked_at=self.at,
            )
        )
        of_head = {"person_id": self.head.id}
        return {
            "account.exists": of_head,
            "account.email_changed": of_head,
            "account.password_changed": of_head,
            "account.factor_changed": {**of_head, "what": FactorChange.APP_ADDED.value},
            "account.signed_in": {"sign_in_id": sign_in.id},
            "account.takeout_ready": {"takeout_id": takeout.id},
        }

    def _organisations(self) -> dict[str, dict[str, int]]:
        self.added(
            Proposal(
                organisation_id=self.ministry.id,
                by_person_id=self.head.id,
                words="We represent the sector.",
                at=self.at,
                answer="Welcome.",
            )
        )
        asker = build.a_person(self.session, name="Li Wei", language=self.language, time_zone=self.zone)
        self.session.flush()
        asked, answered = (
            self.added(
                SeatRequest(
                    key=f"request-{number}-{self.language}",
                    person_id=asker.id,
                    organisation_id=self.ministry.id,
                    words="I work there.",
                    at=self.at,
                    decided_at=decided_at,
                    is_granted=True if decided_at else None,
                    answer="Welcome." if decided_at else "",
                )
            )
            for number, decided_at in enumerate((None, self.at))
        )
        seat = self.session.scalars(select(Seat).where(Seat.person_id == self.deputy.id)).one()
        of_ministry = {"organisation_id": self.ministry.id}
        return {
            "organisation.proposed": of_ministry,
            "organisation.headless": of_ministry,
            "organisation.entered": of_ministry,
            "organisation.declined": of_ministry,
            "seat.requested": {"request_id": asked.id},
            "seat.answered": {"request_id": answered.id},
            "seat.given": {"seat_id": seat.id},
            "seat.taken": {"seat_id": seat.id},
            "seat.ended": {"seat_id": seat.id},
        }

    def _papers(self, paper: Contribution) -> dict[str, dict[str, int]]:
        returned = build.a_paper(self.session, self.opened, self.contributor, "3.3")
        returned.changed_by_id = self.deputy.id
        voice = self.session.scalars(select(Voice).where(Voice.organisation_id == self.other.id)).one()
        asked = self.added(
            Sponsorship(
                contribution_id=paper.id,
                voice_id=voice.id,
                state=SponsorState.CLEARED,
                asked_by_id=self.head.id,
                asked_at=self.at,
                decided_by_id=self.colleague.id,
                decided_at=self.at,
            )
        )
        remark = self.added(
            Remark(
                key=f"remark-{self.language}",
                consultation_id=self.opened.consultation.id,
                voice_id=paper.voice_id,
                contribution_id=paper.id,
                author_id=self.contributor.id,
                form_key=f"remark-{self.language}",
                words="Secret words of the delegation.",
                at=self.at,
            )
        )
        return {
            "paper.waiting": {"contribution_id": paper.id},
            "paper.returned": {"contribution_id": returned.id},
            "sponsor.asked": {"sponsorship_id": asked.id},
            "sponsor.answered": {"sponsorship_id": asked.id},
            "remark.made": {"remark_id": remark.id},
        }

    def _roster(self) -> dict[str, dict[str, int]]:
        party = self.session.scalars(select(Party).where(Party.organisation_id == self.ministry.id)).one()
        reminder = self.added(
            PartyReminder(party_id=party.id, by_person_id=self.opened.moderator.id, at=self.at)
        )
        return {
            "roster.invited": {"party_id": party.id},
            "roster.reminded": {"party_reminder_id": reminder.id},
        }
