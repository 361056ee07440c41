"""Must this page be made again? A visitor's page is a function of the public record, so its key names its bytes.

Every public act lengthens a chain, and the key holds the chain's head: nothing here can go stale. Only pages of
visitors are kept; a signed-in reader's page holds what is hers alone.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from flask import Response, current_app, make_response, request

from consult.memory import ALL
from consult.web.gates import actor
from consult.web.locale import spoken

MOST_PAGES, MOST_BYTES = 500, 300_000


class Pages:
    """The pages made last, per process."""

    names_people = True

    def __init__(self) -> None:
        ALL.append(self)
        self._pages: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The page under this key, now the freshest."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def forget(self) -> None:
        """Empties it."""
        with self._lock:
            self._pages.clear()

    def put(self, key: str, page: bytes) -> None:
        """Keeps a page, dropping the stalest."""
        if len(page) > MOST_BYTES:
            return
        with self._lock:
            self._pages[key] = page
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)


def kept(state: tuple[object, ...], make: Callable[[], str]) -> Response:
    """The page that `make` renders, or for a visitor the same bytes from memory, or a 304.

    `state` is all that the page depends on beside its address and language: the chain's head, and whatever the
    clock changes.
    """
    if actor().is_signed_in:
        return make_response(make())
    build = current_app.extensions["consult.build"]
    key = hashlib.sha256(repr((build, spoken(), request.full_path, state)).encode()).hexdigest()[:32]
    pages: Pages = current_app.extensions["consult.pages"]
    if key in request.headers.get("If-None-Match", ""):
        return _answered(Response(status=304), key)
    page = pages.get(key)
    if page is None:
        page = make().encode()
        pages.put(key, page)
    return _answered(Response(page, mimetype="text/html"), key)


def _answered(response: Response, key: str) -> Response:
    response.set_etag(key, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
