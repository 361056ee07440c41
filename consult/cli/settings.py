"""Which settings are there, and what do they stand at?"""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.config import SETTINGS


@click.command()
@with_appcontext
def settings() -> None:
    """List every setting, its default and what it stands at; secrets are not shown."""
    for setting in SETTINGS:
        value = "(hidden)" if setting.is_secret else _shown(str(current_app.config[setting.name]))
        default = (
            "(a fixed one, refused in production)" if setting.is_secret else setting.default or "(empty)"
        )
        click.echo(f"{setting.name}\n    {setting.meaning}\n    default: {default}\n    now: {value}")


def _shown(value: str) -> str:
    """A value without the password that a database URL may hold."""
    scheme, at, rest = value.partition("://")
    if not at or "@" not in rest:
        return value or "(empty)"
    user = rest.partition("@")[0].partition(":")[0]
    return f"{scheme}://{user}:…@{rest.rpartition('@')[2]}"
