"""Consult: where draft guidelines for AI are negotiated. Here the rooms are put together, and nothing else."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from flask_compress import Compress
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from consult import tables
from consult.cli import commands
from consult.comments import views as comments
from consult.comments.reads_naming import shows_name
from consult.comments.reads_taking_part import speaks_herself, takes_part
from consult.config import flask_settings, folder, read_settings
from consult.consensus import views as consensus
from consult.consolidation import views as consolidation
from consult.db import Base, before_commit, db
from consult.delegations import views as delegations
from consult.documents import views as documents
from consult.drafts import views as drafts
from consult.drafts.merging import move_parties
from consult.drafts.naming import consultation_named
from consult.notices import views as notices
from consult.organisations import acts_merging, naming
from consult.organisations import views as organisations
from consult.people import conflicts, shown_names
from consult.people import views as people
from consult.privacy import views as privacy
from consult.record.acts import seal
from consult.rounds import views as rounds
from consult.web import assets, filters, headers, labels, limits, locale, refused, signing_in, transaction
from consult.web.gates import signed_out_post
from consult.web.kept_pages import Pages

ROOMS = (
    *(people, organisations, drafts, rounds, comments, consensus, consolidation),
    *(delegations, documents, notices, privacy),
)
alembic = Alembic(run_mkdir=False, command_name="db", metadatas=Base.metadata)


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """The program, with its settings read from the environment."""
    values = read_settings(os.environ if environment is None else environment)
    app = Flask("consult", template_folder=str(folder("templates")), static_folder=None)
    app.config.update(flask_settings(values))
    app.secret_key = values["SECRET_KEY"]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _install(app, values)
    for room in ROOMS:
        for blueprint in room.blueprints:
            app.register_blueprint(blueprint)
    commands.install(app)
    return app


def _install(app: Flask, values: Mapping[str, Any]) -> None:
    if values["TRUSTED_PROXIES"]:
        hops = values["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    if str(values["DATABASE_URL"]).startswith("sqlite:///"):
        Path(str(values["DATABASE_URL"]).removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    alembic.init_app(app)
    if seal not in before_commit:
        before_commit.append(seal)
    app.extensions["consult.pages"] = Pages()
    app.extensions["consult.tables"] = tables.ALL
    limits.install(app)
    transaction.install(app)
    headers.install(app)
    CSRFProtect(app)
    Compress(app)
    locale.install(app)
    assets.install(app)
    filters.install(app)
    labels.install(app)
    refused.install(app)
    signing_in.install(app, LoginManager(), people.actor_of_token)
    signed_out_post[:] = [comments.keep_signed_out, delegations.keep_signed_out]
    comments.makers[:] = [delegations.inside]
    signing_in.at_sign_in[:] = [comments.take_over]
    conflicts.takes_part[:] = [takes_part]
    conflicts.speaks_herself[:] = [speaks_herself]
    shown_names.shows_name[:] = [shows_name]
    acts_merging.at_merging[:] = [move_parties]
    naming.consultation_named[:] = [consultation_named]
