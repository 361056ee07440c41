"""How does `make run` serve? Migrations, demonstration, web and job worker in one terminal."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.cli.demo import accounts, is_empty, play
from consult.cli.demonstration.walk import PASSWORD
from consult.config import ROOT
from consult.web.migrating import migrate

LEAST_FREE_MB = 200


@click.command()
@with_appcontext
def serve() -> None:
    """Migrate, make the demonstration where there is nothing yet, and serve until Ctrl-C."""
    port = current_app.config["PORT"]
    _refuse_busy(port)
    _refuse_full_disk()
    migrate()
    if is_empty():
        click.echo("Making the demonstration consultation …")
        play()
    _serve(port)


def _refuse_busy(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise click.ClickException(
                f"Port {port} is in use or not allowed. Stop what runs there, or choose another: "
                f"PORT={port + 1} make run"
            ) from error


def _refuse_full_disk() -> None:
    free = shutil.disk_usage(ROOT).free // (1024 * 1024)
    if free < LEAST_FREE_MB:
        raise click.ClickException(
            f"The disk has {free} MB free, and the database needs room to write ({LEAST_FREE_MB} MB). "
            "Free some space, then run the same command again."
        )


def _serve(port: int) -> None:
    environment = {**os.environ, "DEMONSTRATION": PASSWORD}
    config = current_app.config
    web = [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}"),
        *("--workers", str(config["WEB_WORKERS"]), "--threads", str(config["WEB_THREADS"])),
        *("--worker-class", "gthread", "--log-level", "error", "--preload", "--no-control-socket"),
    ]
    jobs = [sys.executable, "-m", "flask", "--app", "wsgi", "consult", "worker"]
    running = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in (web, jobs)]
    _announce(port)
    _wait(running)


def _announce(port: int) -> None:
    click.echo(f"\nConsult serves a demonstration on http://127.0.0.1:{port}\n")
    click.echo(f"Accounts, all with the password: {PASSWORD}")
    for account in accounts():
        click.echo(
            f"  {account.email:<40} {account.kind.value}{', ' + account.place if account.place else ''}"
        )
    click.echo(
        f"\nLetters are written by themselves: everybody reads all of them at http://127.0.0.1:{port}/en/outbox, "
        "and each account finds its own under “Letters” once it is signed in."
    )
    click.echo("\nCtrl-C stops it; what people did is kept. `make clean` forgets it.")


def _wait(running: Sequence[subprocess.Popen[bytes]]) -> None:
    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
    except KeyboardInterrupt:
        click.echo("Stopping.")
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)
    if any(process.returncode not in (0, -signal.SIGTERM, -signal.SIGINT) for process in running):
        raise click.ClickException("A part of the program ended by itself; its words stand above.")
