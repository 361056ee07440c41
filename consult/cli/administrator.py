"""Who is the first administrator?"""

import secrets

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import with_appcontext

from consult.config import needs_strong_sign_in
from consult.core.actors import SYSTEM
from consult.core.terms import RoleKind
from consult.db import begin_writing, commit, session
from consult.people.acts import NewPerson, add_person, give_role
from consult.people.passwords import hashed
from consult.people.reads import person_of_email


@click.command()
@click.argument("email")
@with_appcontext
def administrator(email: str) -> None:
    """Make EMAIL an administrator; a new account gets a password, shown once."""
    try:
        address = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is not an e-mail address: {error}") from error
    begin_writing(session())
    person, password = person_of_email(session(), address), None
    if person is None:
        password = secrets.token_urlsafe(15)
        config = current_app.config
        kept = hashed(password, config["ARGON2_TIME_COST"], config["ARGON2_MEMORY_KIB"])
        person = add_person(
            session(), SYSTEM, NewPerson(address, address.partition("@")[0], "en", "UTC", kept)
        )
    give_role(session(), SYSTEM, person, RoleKind.ADMINISTRATOR)
    commit(session())
    click.echo(f"{address} is an administrator.")
    if password:
        click.echo(f"Password, shown only now: {password}")
    if needs_strong_sign_in(current_app.config):
        click.echo(
            "Sign in, then set up a passkey or an authenticator app under /profile/factors: "
            "until then the administrator's duties rest (setting STRONG_SIGN_IN)."
        )
