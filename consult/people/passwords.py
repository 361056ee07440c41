"""Is this the password, and is it one? argon2id, at the same cost whether the account exists or not."""

import re
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
RUNS = (
    *("abcdefghijklmnopqrstuvwxyz" * 2, "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm"),
    *(
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertzuiopasdfghjklyxcvbnm",
        "1q2w3e4r5t6y7u8i9o0p",
        "1qaz2wsx3edc4rfv5tgb",
    ),
)
EVIDENT = frozenset(
    """
    password passwort motdepasse contrasena letmein welcome iloveyou administrator admin moderator changeme
    qwerty azerty secret monkey dragon sunshine football princess superman trustno iloveu login guest default
    testtest passphrase correcthorsebatterystaple consult consultation guideline guidelines
    """.split()
)


def is_too_short(password: str) -> bool:
    """Whether it has fewer than twelve characters."""
    return len(_typed(password)) < SHORTEST


def is_evident(password: str, *theirs: str) -> bool:
    """Whether somebody who knows the account's address, its name and a short list of words tries it first."""
    typed = _typed(password).casefold()
    if len(set(typed)) < 4 or _is_one_thing_repeated(typed):
        return True
    # What is left once figures and signs at both ends are taken off: "Password2026!" is "password".
    cores = {_plain(typed), _plain(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", typed))} - {""}
    if any(len(core) >= 8 and (core in run or core in run[::-1]) for core in cores for run in RUNS):
        return True
    known = {_plain(one) for one in (*theirs, *(part for one in theirs for part in one.split("@")))}
    return bool(cores & (EVIDENT | known))


@lru_cache
def _hasher(time_cost: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)


@lru_cache
def _nobody(time_cost: int, memory_kib: int) -> str:
    return _hasher(time_cost, memory_kib).hash("nobody's password, so that an unknown address takes as long")


def hashed(password: str, time_cost: int, memory_kib: int) -> str:
    """The argon2id hash to keep."""
    return _hasher(time_cost, memory_kib).hash(_typed(password))


def matches(password: str, kept: str | None, time_cost: int, memory_kib: int) -> bool:
    """Whether the password is the one hashed; an absent hash takes as long and never matches."""
    hasher = _hasher(time_cost, memory_kib)
    try:
        hasher.verify(kept or _nobody(time_cost, memory_kib), _typed(password))
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def _typed(password: str) -> str:
    """The same characters whatever keyboard composed them."""
    return unicodedata.normalize("NFKC", password)


def _plain(words: str) -> str:
    return "".join(sign for sign in _typed(words).casefold() if sign.isalnum())


def _is_one_thing_repeated(words: str) -> bool:
    """A piece of at most ten characters, over and over."""
    pieces = range(1, min(10, len(words) // 2) + 1)
    return any((words[:length] * len(words))[: len(words)] == words for length in pieces)
