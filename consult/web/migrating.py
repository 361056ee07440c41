"""Are the tables those that this program knows? Brings them there."""

import logging

from flask import current_app
from flask_alembic import Alembic


def migrate() -> None:
    """Runs the migrations that the database has not seen yet."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    alembic: Alembic = current_app.extensions["alembic"]
    alembic.upgrade()
