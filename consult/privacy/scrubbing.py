"""What is left of a deleted row in the database's own files, and how does it go?

SQLite: deleted cells are overwritten at once (`secure_delete`, on every connection), but a page that was split may keep
a copy of what moved away, and the write-ahead log keeps old pages. VACUUM writes the file anew without either, and a
truncating checkpoint empties the log.

PostgreSQL: an updated or deleted row stays in its page, unseen, until the table is vacuumed; VACUUM FULL writes the
table anew, row by row that is still there. It needs the table for itself for a moment, so it waits five seconds at the
most and comes again later. Its own write-ahead log, standbys and backups keep what was for as long as they are kept:
that is said in the operator's guide, and no program of ours can shorten it.
"""

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from consult.db import begin_writing
from consult.privacy.holdings import HELD, Leaving

MORE = ("disclosure", "contribution", "contribution_edition", "roster_import", "upload", "mandate")
TABLES = tuple(
    dict.fromkeys([t for (t, _), one in HELD.items() if one.leaving is not Leaving.STAYS] + [*MORE])
)


class LogStillRead(RuntimeError):
    """A reader holds on to the write-ahead log: it is emptied at the next attempt."""


def scrub(session: Session) -> None:
    """Rewrites what rows were taken from. Outside of any transaction, as both databases ask; a new one is begun after."""
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    session.rollback()
    if engine.dialect.name == "sqlite":
        _sqlite(engine)
    else:
        _postgresql(engine)
    begin_writing(session)


def _sqlite(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    finally:
        raw.close()
    if busy:
        raise LogStillRead


def _postgresql(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET lock_timeout = '5s'"))
        try:
            for table in TABLES:
                connection.execute(text(f'VACUUM (FULL) "{table}"'))
        finally:
            connection.execute(text("RESET lock_timeout"))
