"""Where do style and script come from? From this site, under an address that changes when any of them does."""

import hashlib
import mimetypes
from pathlib import Path

from flask import Flask, Response, url_for
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

from consult.config import folder
from consult.refusals import NotThere
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
    place = safe_join(str(STATIC), name)
    if place is None or not Path(place).is_file():
        raise NotThere
    response = Response(Path(place).read_bytes(), mimetype=mimetypes.guess_type(name)[0])
    response.set_etag(state)
    response.cache_control.public = response.cache_control.immutable = True
    response.cache_control.max_age = A_YEAR
    return response
