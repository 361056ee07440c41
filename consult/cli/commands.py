"""Which commands are there? Each is one module; here they get their names."""

from flask import Flask
from flask.cli import AppGroup

from consult.cli import administrator, demo, serve, settings, verify, worker

group = AppGroup("consult", help="Run and look after Consult.")
for command in (
    administrator.administrator,
    demo.demo,
    serve.serve,
    settings.settings,
    verify.verify,
    worker.worker,
):
    group.add_command(command)


def install(app: Flask) -> None:
    """Adds the commands to `flask`."""
    app.cli.add_command(group)
