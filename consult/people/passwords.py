"""Is this the password? argon2id, at the same cost whether the account exists or not."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


@lru_cache
def _hasher(time_cost: int, memory_kib: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)


@lru_cache
def _nobody(time_cost: int, memory_kib: int) -> str:
    return _hasher(time_cost, memory_kib).hash("nobody's password, so that an unknown address takes as long")


def hashed(password: str, time_cost: int, memory_kib: int) -> str:
    """The argon2id hash to keep."""
    return _hasher(time_cost, memory_kib).hash(password)


def matches(password: str, kept: str | None, time_cost: int, memory_kib: int) -> bool:
    """Whether the password is the one hashed; an absent hash takes as long and never matches."""
    hasher = _hasher(time_cost, memory_kib)
    try:
        hasher.verify(kept or _nobody(time_cost, memory_kib), password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
