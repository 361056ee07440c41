"""What stands in a link that opens something? A row's key under a seal, so that neither rows nor guesses open it."""

import hashlib
import hmac
import re

SEAL_LENGTH = 32  # hexadecimal digits: 128 bits
SHAPE = re.compile(r"([A-Za-z0-9_-]{8,64})\.([0-9a-f]{32})")


def sealed(secret: str, purpose: str, key: str) -> str:
    """The token that a link carries: the key, and a seal that only this program's secret makes."""
    return f"{key}.{_seal(secret, purpose, key)}"


def opened(secret: str, purpose: str, token: str) -> str | None:
    """The key in a token; None where its shape or its seal is wrong, or it was made for another purpose."""
    match = SHAPE.fullmatch(token)
    if match is None:
        return None
    key, seal = match.groups()
    return key if hmac.compare_digest(seal, _seal(secret, purpose, key)) else None


def _seal(secret: str, purpose: str, key: str) -> str:
    words = f"{purpose}:{key}".encode()
    return hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()[:SEAL_LENGTH]
