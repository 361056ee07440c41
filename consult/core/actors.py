"""Who acts? The person, the voice she speaks with, her seats and her roles; and the label for the record."""

from dataclasses import dataclass
from datetime import datetime

from consult.core.terms import HEADS, RoleKind, SeatKind, StakeholderGroup


@dataclass(frozen=True, slots=True)
class Place:
    """A seat in a delegation, with what must be known of the organisation to judge an act."""

    organisation_id: int
    slug: str
    name: str
    name_language: str
    group: StakeholderGroup
    clearance_levels: int
    is_accredited: bool
    voice_id: int
    kind: SeatKind

    @property
    def heads(self) -> bool:
        """Whether this seat speaks in the organisation's name."""
        return self.kind in HEADS


@dataclass(frozen=True, slots=True)
class Duty:
    """A role: everywhere, or in one consultation; for translators, in one language."""

    kind: RoleKind
    consultation_id: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks or acts. A visitor has no person; `place` is the seat that she speaks from in this request."""

    person_id: int | None = None
    pseudonym: str = ""
    name: str | None = None
    language: str = "en"
    time_zone: str | None = None
    own_voice_id: int | None = None
    places: tuple[Place, ...] = ()
    duties: tuple[Duty, ...] = ()
    place: Place | None = None
    sign_in_id: int | None = None
    seen_at: datetime | None = None  # when this browser was here last, to the hour
    resting: tuple[Duty, ...] = ()  # duties that rest until she signs in with a second factor

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def label(self) -> str:
        """What the public record calls this actor: the organisation's name, or the lasting pseudonym."""
        return self.place.name if self.place else self.pseudonym

    @property
    def voice_id(self) -> int | None:
        """The voice that speaks: the delegation's, or the person's own where she speaks for nobody else."""
        return self.place.voice_id if self.place else self.own_voice_id

    @property
    def is_administrator(self) -> bool:
        return any(duty.kind is RoleKind.ADMINISTRATOR for duty in self.duties)

    @property
    def must_strengthen(self) -> bool:
        """Whether some of her duties rest in this session."""
        return bool(self.resting)

    def is_impartial_in(self, consultation_id: int) -> bool:
        """Whether she moderates this consultation, be it that the duty rests: so she is no voice in it."""
        return any(
            duty.kind is RoleKind.MODERATOR and duty.consultation_id in (None, consultation_id)
            for duty in (*self.duties, *self.resting)
        )

    def moderates(self, consultation_id: int | None) -> bool:
        """Whether she moderates this consultation; with None, whether she may start one."""
        return any(
            duty.kind is RoleKind.MODERATOR and duty.consultation_id in (None, consultation_id)
            for duty in self.duties
        )


VISITOR = Actor()
SYSTEM = Actor(pseudonym="system")
