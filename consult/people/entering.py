"""What follows a first proof of who she is? With a second factor, a step that asks for it; without one she is in.

Until the second proof is given there is no sign-in: only a ticket, whose key this browser's cookie session keeps.
"""

from typing import Any

from flask import current_app, request, url_for

from consult import clock
from consult.core.terms import TicketPurpose
from consult.db import begin_writing, session
from consult.people import acts_factors, acts_passkeys, browsers, ceremonies, reads, reads_factors
from consult.people.acts_sessions import end_sign_in
from consult.people.acts_throttling import count_tries, door_of, tries
from consult.people.acts_tickets import ask_sign_in_link
from consult.people.asking import asked_to_sign
from consult.people.choosing import is_hers
from consult.people.passkeys import Site, site_of
from consult.people.refusals import TooManyTries, WrongSignIn
from consult.people.refusals_factors import PasskeyCopied, WrongCode
from consult.people.throttling import Door
from consult.web import signing_in
from consult.web.gates import actor
from consult.web.transaction import afterwards

SECOND, CEREMONY = "second", "ceremony"
MOST_WRONG = 5


def go_on(person_id: int, after: str, *, is_just_made: bool = False) -> str:
    """In a transaction that writes: lets her in, or begins the second step. Answers where to lead on to."""
    if not reads_factors.has_factor(session(), person_id):
        _let_in(person_id, is_strong=False, is_just_made=is_just_made)
        return after or url_for("rounds.home")
    signing_in.keep(SECOND, ceremonies.begin(session(), TicketPurpose.SECOND_FACTOR, person_id))
    return url_for("people.second", next=after or None)


def enter_by_password(email: str, password: str, after: str) -> str | None:
    """Takes the password, and answers where to lead on to; nowhere where a letter lets her in.

    The slow hash is computed outside of any transaction.
    """
    person_id, kept = reads.credential(session(), email)
    keys = browsers.keys_of(email, person_id, kept)
    door = door_of(session(), keys, browsers.limits(), clock.now())
    session().rollback()
    if door is Door.SHUT:
        raise TooManyTries
    if not is_hers(password, kept):
        afterwards(lambda within: count_tries(within, keys.counted))
        raise WrongSignIn
    begin_writing(session())
    who = reads.person(session(), person_id)
    if who.password_hash != kept:  # it changed while the hash was computed
        raise WrongSignIn
    if door is Door.BY_LETTER:
        browsers.refuse_many_sign_in_letters(who.id)
        ask_sign_in_link(session(), who, after)
        return None
    return go_on(who.id, after)


def pending() -> int | None:
    """Whose second proof this browser has yet to give."""
    ticket = ceremonies.standing(session(), TicketPurpose.SECOND_FACTOR, signing_in.kept(SECOND), clock.now())
    return ticket.person_id if ticket else None


def finish_by_code(person_id: int, typed: str, after: str) -> str:
    """Takes a code of her app, or a recovery code, and lets her in. Answers where to lead on to."""
    key = browsers.key("second", str(person_id))
    _refuse_many(key)
    try:
        is_recovery = acts_factors.use_code(session(), person_id, current_app.config["SECRET_KEY"], typed)
    except WrongCode:
        afterwards(lambda within: count_tries(within, (key,)))
        raise
    _finish(person_id)
    if is_recovery and reads_factors.factors(session(), person_id).are_codes_few:
        return url_for("people.factors", next=after or None)
    return after or url_for("rounds.home")


def finish_by_passkey(person_id: int, answer: str, after: str) -> str:
    """Takes the signature of one of her passkeys, and lets her in."""
    _signed(person_id, answer)
    _finish(person_id)
    return after or url_for("rounds.home")


def enter_by_passkey(answer: str, after: str) -> str:
    """Takes the signature of a passkey that knew whose it is: it needs no password."""
    _let_in(_signed(None, answer), is_strong=True)
    return after or url_for("rounds.home")


def ask_signature(person_id: int | None) -> str:
    """What to ask this browser's passkeys: those of this person, or any."""
    key, options = asked_to_sign(session(), person_id, known_site())
    signing_in.keep(CEREMONY, key)
    return options


def confirm(password: str, after: str) -> str:
    """Takes the password of whoever is signed in once more; where a factor is due, that follows."""
    who = actor()
    standing = reads_factors.factors(session(), who.person_id, who.sign_in_id)
    goes_on = standing.has_any and not (standing.has_password and standing.is_strong)
    if standing.has_password or not goes_on:
        browsers.proved(who, password)
    session().rollback()
    begin_writing(session())
    if goes_on and who.person_id is not None:
        return go_on(who.person_id, after)
    acts_factors.confirm(session(), who)
    return after


def site() -> Site | None:
    """The party that passkeys are made for; in production it is named by a setting, never by a request."""
    config = current_app.config
    is_production = config["CONSULT_MODE"] == "production"
    address = config["SITE_ADDRESS"] or ("" if is_production else request.host_url)
    return site_of(address, config["SITE_NAME"]) if address else None


def known_site() -> Site:
    """The same, where a page has offered passkeys already."""
    found = site()
    if found is None:
        raise LookupError("SITE_ADDRESS is not set")
    return found


def _finish(person_id: int) -> None:
    ceremonies.spend(session(), TicketPurpose.SECOND_FACTOR, signing_in.take(SECOND))
    _let_in(person_id, is_strong=True)


def _signed(person_id: int | None, answer: str) -> int:
    try:
        return acts_passkeys.use_passkey(
            session(), person_id, known_site(), signing_in.take(CEREMONY), answer
        )
    except PasskeyCopied as no:
        owner = no.person_id
        afterwards(lambda within: acts_passkeys.tell_of_copy(within, owner))
        raise


def _let_in(person_id: int, **how: Any) -> None:
    """Lets her in; the sign-in that this browser had before ends."""
    before, who = signing_in.token(), actor()
    if before and who.is_signed_in:
        end_sign_in(session(), who, before)
    browsers.let_in(person_id, **how)


def _refuse_many(key: str) -> None:
    if tries(session(), (key,), clock.now()).get(key, 0) >= MOST_WRONG:
        raise TooManyTries
