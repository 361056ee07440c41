"""Is this the account's password, and may that be its next one? Slow hashes: asked outside of any writing."""

from flask import current_app

from consult.people.passwords import SHORTEST, hashed, is_evident, is_too_short, matches
from consult.people.refusals import PasswordEvident, PasswordTooShort


def hashed_choice(password: str, *theirs: str) -> str:
    """The hash of a new password, unless it is too short, or evident to who knows `theirs`: address and name."""
    if is_too_short(password):
        raise PasswordTooShort(SHORTEST)
    if is_evident(password, current_app.config["SITE_NAME"], *theirs):
        raise PasswordEvident
    return hashed(password, *_cost())


def is_hers(password: str, kept: str | None) -> bool:
    """Whether this is the password whose hash is kept; takes as long where there is none."""
    return matches(password, kept, *_cost())


def _cost() -> tuple[int, int]:
    return current_app.config["ARGON2_TIME_COST"], current_app.config["ARGON2_MEMORY_KIB"]
