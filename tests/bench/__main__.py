"""`make bench`: builds the rows on SQLite and PostgreSQL, serves them with two workers, and prints a table."""

import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg
from flask import Flask

from consult import alembic, create_app
from consult.db import db
from tests import postgres
from tests.bench.load import Asked, Measured, measure
from tests.bench.rows import Made, make
from tests.conftest import QUICK


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


PORT = _free_port()
FLAT = {"Accept-Encoding": "br"}


def main() -> None:
    """Both databases, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        _run("SQLite", f"sqlite:///{folder}/bench.sqlite")
    server = postgres.Server()
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        _run("PostgreSQL", postgres.sibling(server.url, "bench"))
    finally:
        server.stop()


def _run(name: str, url: str) -> None:
    environment = {**QUICK, "DATABASE_URL": url}
    app = create_app(environment)
    with app.app_context():
        alembic.upgrade()
        made = make(db.session)
        db.session.close()
        db.engine.dispose()
    texts = ",".join(str(one) for one in made.text_ids)
    command = [sys.executable, "-m", "gunicorn", "tests.bench.server:app", "--bind", f"127.0.0.1:{PORT}"]
    command += ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "error"]
    process = subprocess.Popen(command, env={**os.environ, **environment, "BENCH_TEXTS": texts})
    try:
        _wait()
        _table(name, _measured(app, made, _workers(process.pid)))
    finally:
        process.terminate()
        process.wait(timeout=30)


def _measured(app: Flask, made: Made, pids: list[int]) -> dict[str, Measured]:
    base = f"/en/consultations/{made.slug}"
    reader, clause = f"{base}/drafts/0/sections/{made.section}", f"{base}/drafts/0/clauses/{made.busy}"
    head, moderator = _signed_in(app, made.head_token), _signed_in(app, made.moderator_token)

    def get(path: str, headers: dict[str, str] | None = None) -> Callable[[int], Asked]:
        return lambda _: Asked(path, {**FLAT, **(headers or {})})

    pages = {
        "bare: same bytes from memory": (get(f"/bare/memory?of={quote(clause)}"), 2000),
        "bare: 100 rows by Core": (get("/bare/rows"), 2000),
        "reader, visitor": (get(reader), 2000),
        "reader, signed in": (get(reader, head), 300),
        "clause with 100 comments, visitor": (get(clause), 2000),
        "clause, again with ETag": (get(clause, {"If-None-Match": _etag(clause)}), 3000),
        "clause, signed in": (get(clause, head), 300),
        "desk of that clause": (get(f"{base}/desk/{made.busy}", moderator), 60),
        "posting a comment": (_posting(base, made, head), 300),
    }
    found = {}
    for name, (ask, requests) in pages.items():
        measure(PORT, pids, ask, requests=20)
        found[name] = measure(PORT, pids, ask, requests=requests)
    return found


def _posting(base: str, made: Made, head: dict[str, str]) -> Callable[[int], Asked]:
    """A contribution written on another clause each time, as the form sends it."""
    path = f"{base}/drafts/0/clauses/{made.quiet[0]}/comments/new"
    page = _page(path, head)
    fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    numbers = count()

    def ask(_number: int) -> Asked:
        number = next(numbers)
        form = {
            **fields,
            "form_key": secrets.token_urlsafe(12),
            "stance": "support",
            "category": "general",
            "language": "en",
            "reasons": f"We support this provision ({number}).",
            "keep": "1",
        }
        where = f"{base}/drafts/0/clauses/{made.quiet[number % len(made.quiet)]}/comments/new"
        return Asked(where, {**head, "Content-Type": "application/x-www-form-urlencoded"}, urlencode(form))

    return ask


def _signed_in(app: Flask, token: str) -> dict[str, str]:
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie["csrf_token"] = token, True, secrets.token_hex(20)
    kept = client.get_cookie("consult")
    return {"Cookie": f"consult={kept.value}"} if kept else {}


def _page(path: str, headers: dict[str, str]) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers=headers)
    with urllib.request.urlopen(request) as answer:
        return str(answer.read().decode())


def _etag(path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}") as answer:
        return str(answer.headers["ETag"])


def _workers(master: int) -> list[int]:
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [int(child) for child in children]


def _wait() -> None:
    for _ in range(200):
        try:
            _page("/en/accessibility", {})
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _table(name: str, found: dict[str, Measured]) -> None:
    memory, rows = (next(iter(list(found.values())[at : at + 1])) for at in (0, 1))
    print(f"\n{name}, gunicorn with 2 workers of 4 threads, 500 clauses, 5,000 comments")
    print(
        f"{'page':<36}{'a second':>10}{'p95 ms':>9}{'CPU ms':>9}{'of memory':>11}{'of rows':>9}{'wrong':>7}"
    )
    for page, one in found.items():
        print(
            f"{page:<36}{one.a_second:>10.0f}{one.p95_ms:>9.1f}{one.cpu_ms:>9.2f}"
            f"{one.a_second / memory.a_second:>11.2f}{one.a_second / rows.a_second:>9.2f}{one.wrong:>7}"
        )


if __name__ == "__main__":
    main()
