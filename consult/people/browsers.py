"""Has this browser signed in to this account before? It keeps a mark for each account, which only we can make.

A mark holds until the password changes: then every other browser is a stranger again. Neither the person nor the
address can be read from it.
"""

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from flask import Response, after_this_request, current_app, request

from consult import clock
from consult.config import needs_strong_sign_in
from consult.core.actors import Actor
from consult.db import session
from consult.people import acts_sessions, acts_throttling, reads
from consult.people.choosing import is_hers
from consult.people.devices import device_of
from consult.people.refusals import TooManyTries, WrongPassword
from consult.people.throttling import Keys, Limits, keyed, network
from consult.web import signing_in
from consult.web.transaction import afterwards

COOKIE = "consult_known"
LASTS = timedelta(days=400)
MOST = 10  # accounts that one browser remembers
SHAPE = re.compile(r"[A-Za-z0-9_-]{22}(\.[0-9a-f]{32}){0,10}")


def keys_of(email: str, person_id: int | None, password_hash: str | None) -> Keys:
    """What a try to sign in as this person, here and now, is counted under."""
    browser, _ = _kept()
    known = f"{browser}:{person_id}" if is_known(person_id, password_hash) else ""
    return Keys(
        account=key("account", email.strip().casefold()),
        address=key("address", network(request.remote_addr)),
        browser=key("browser", known) if known else "",
    )


def key(kind: str, value: str) -> str:
    """A throttle's key."""
    return keyed(current_app.config["SECRET_KEY"], kind, value)


def limits() -> Limits:
    """How many wrong tries an account and an address take."""
    config = current_app.config
    return Limits(config["SIGN_IN_TRIES"], config["SIGN_IN_TRIES_ADDRESS"])


def is_known(person_id: int | None, password_hash: str | None) -> bool:
    """Whether this browser signed in to this account before."""
    browser, marks = _kept()
    wanted = _mark(browser, person_id, password_hash)
    return person_id is not None and any(hmac.compare_digest(wanted, mark) for mark in marks)


def remember(person_id: int, password_hash: str | None) -> None:
    """Gives this browser the mark of this account."""
    browser, marks = _kept()
    browser = browser or secrets.token_urlsafe(16)
    mark = _mark(browser, person_id, password_hash)
    value = ".".join((browser, mark, *[one for one in marks if one != mark][: MOST - 1]))

    @after_this_request
    def keep(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            value,
            max_age=LASTS,
            httponly=True,
            samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
        return response


def refuse_many_letters(email: str, about: str = "") -> None:
    """Refuses a letter that strangers have written to this address, or from this network, too often lately. Letters
    that open an account again count apart: with others nobody uses them up for her."""
    acts_throttling.refuse_many_letters(session(), *_letter_keys(email, about))


def look_for_many_letters(email: str) -> None:
    """The same before anything slow is done, and without counting."""
    acts_throttling.look_for_many_letters(session(), *_letter_keys(email))


def refuse_many_sign_in_letters(person_id: int) -> None:
    """Refuses one more letter with a link that signs in: whoever knows a password cannot fill a mailbox with them."""
    own = key("sign_in_letter", str(person_id))
    acts_throttling.refuse_many_letters(session(), own, own)


def proved(who: Actor, password: str) -> str | None:
    """The password hash that this password was found to belong to, outside of any writing; or a refusal."""
    own = key("own", str(who.person_id))
    if acts_throttling.tries(session(), (own,), clock.now()).get(own, 0) >= limits().account:
        raise TooManyTries
    kept = reads.person(session(), who.person_id).password_hash
    session().rollback()
    if not is_hers(password, kept):
        afterwards(lambda within: acts_throttling.count_tries(within, (own,)))
        raise WrongPassword
    return kept


def let_in(person_id: int, *, is_strong: bool = False, is_just_made: bool = False) -> Actor:
    """Signs this browser in, in a transaction that writes already; tells the person by letter if it is a stranger."""
    who = reads.person(session(), person_id)
    lasts = timedelta(days=current_app.config["SESSION_DAYS"])
    token = acts_sessions.start_sign_in(
        session(),
        who,
        lasts,
        device=device_of(request.user_agent.string),
        is_strong=is_strong,
        is_stranger=not is_just_made and not is_known(who.id, who.password_hash),
    )
    remember(who.id, who.password_hash)
    needs_strength = needs_strong_sign_in(current_app.config)
    found = reads.actor_of_token(
        session(), acts_sessions.token_hash(token), clock.now(), needs_strength=needs_strength
    )
    signing_in.sign_in(token, found)
    return found


def _letter_keys(email: str, about: str = "") -> tuple[str, str]:
    to_key = key(f"letter{about}", email.strip().casefold())
    return to_key, key("letters", network(request.remote_addr))


def _kept() -> tuple[str, tuple[str, ...]]:
    kept = request.cookies.get(COOKIE, "")
    if not SHAPE.fullmatch(kept):
        return "", ()
    browser, *marks = kept.split(".")
    return browser, tuple(marks)


def _mark(browser: str, person_id: int | None, password_hash: str | None) -> str:
    words = f"known:{browser}:{person_id}:{password_hash or ''}".encode()
    return hmac.new(current_app.config["SECRET_KEY"].encode(), words, hashlib.sha256).hexdigest()[:32]
