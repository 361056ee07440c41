"""Is there a demonstration yet, and who is in it? Plays it where there is none."""

import click
from flask import current_app
from flask.cli import with_appcontext

from consult.cli.demonstration.walk import PASSWORD, Walk
from consult.db import session
from consult.drafts.reads import slugs
from consult.people.passwords import hashed
from consult.people.reads import Account, demonstration_accounts
from consult.web.migrating import migrate


@click.command()
@with_appcontext
def demo() -> None:
    """Make the demonstration consultation in an empty database."""
    migrate()
    if not is_empty():
        raise click.ClickException("There is something in this database already. `make clean` forgets it.")
    play()


def is_empty() -> bool:
    """Whether no consultation stands in the database, not even the demonstration's."""
    nothing = not slugs(session()) and not demonstration_accounts(session())
    session().rollback()
    return nothing


def play() -> None:
    """Makes the demonstration through the acts, as people would have."""
    config = current_app.config
    # One slow hash serves all the demonstration's accounts.
    kept = hashed(PASSWORD, config["ARGON2_TIME_COST"], config["ARGON2_MEMORY_KIB"])
    Walk(session(), kept).play()


def accounts() -> tuple[Account, ...]:
    """The accounts to show, one per role."""
    return demonstration_accounts(session())
