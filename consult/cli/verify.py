"""Does the public record still fit together?"""

import click
from flask.cli import with_appcontext

from consult.db import session
from consult.drafts.reads import slugs
from consult.record.reads import chains, misfits


@click.command()
@with_appcontext
def verify() -> None:
    """Recompute every chain of the public record, and name the first entry that does not fit."""
    names = slugs(session())
    wrong = list(misfits(session()))
    for misfit in wrong:
        where = (
            names.get(misfit.consultation_id, "the platform") if misfit.consultation_id else "the platform"
        )
        click.echo(f"The record of {where} does not fit at entry {misfit.position}: {misfit.why}.", err=True)
    if wrong:
        raise click.exceptions.Exit(1)
    for consultation_id, length, head in chains(session()):
        where = names.get(consultation_id, "?") if consultation_id else "the platform"
        click.echo(f"The record of {where} fits: {length} entries, head {head}.")
