"""How does one transaction do several things of which one may fail by itself?"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from consult.record.acts import QUEUE


@contextmanager
def apart(session: Session) -> Iterator[None]:
    """A piece that is kept whole or not at all: where it fails, what it noted goes with it, and nothing else does."""
    noted_before = list(session.info.get(QUEUE, ()))
    try:
        with session.begin_nested():
            yield
    except BaseException:
        session.info[QUEUE] = noted_before
        raise
