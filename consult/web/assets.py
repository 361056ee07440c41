"""Where do style and script come from? From this site, under an address that changes when any of them does."""

import hashlib
from pathlib import Path

from flask import Flask, send_from_directory, url_for
from flask.typing import ResponseReturnValue

from consult.config import folder
from consult.web.gates import anyone

STATIC = Path(__file__).resolve().parent.parent / "static"
A_YEAR = 365 * 24 * 3600


def digest_of(*folders: Path) -> str:
    """A short name for the state of these folders' files."""
    digest = hashlib.sha256()
    for place in folders:
        for file in sorted(path for path in place.rglob("*") if path.is_file()):
            digest.update(str(file.relative_to(place)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def install(app: Flask) -> None:
    """Serves `static/`, and tells templates the addresses."""
    state = digest_of(STATIC)
    app.extensions["consult.build"] = digest_of(STATIC, folder("templates"), folder("translations"))
    app.add_url_rule("/static/<state>/<path:name>", "asset", anyone(_asset))
    app.jinja_env.globals["asset"] = lambda name: url_for("asset", state=state, name=name)


def _asset(state: str, name: str) -> ResponseReturnValue:
    response = send_from_directory(STATIC, name, max_age=A_YEAR)
    response.cache_control.public = True
    response.cache_control.immutable = bool(state)
    response.direct_passthrough = False
    return response
