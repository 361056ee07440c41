"""What does somebody take along who asks for everything that is held of her?"""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from consult.db import Base


class Takeout(Base):
    """All that is held of one person, made once; it can be fetched only by the sign-in that asked, while that lasts."""

    __tablename__ = "takeout"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    sign_in_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
