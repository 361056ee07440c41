"""What is a consultation called? For rooms below, which know it by its id alone: an invitation into one names it."""

from sqlalchemy.orm import Session

from consult.core.names import Name
from consult.drafts.reads import consultation_of


def consultation_named(session: Session, consultation_id: int, language: str) -> Name:
    """Its title in the reader's language, or the nearest that there is. Without the door: who asks was invited."""
    title = consultation_of(session, consultation_id, language).title
    return Name(title.language, title.body)
