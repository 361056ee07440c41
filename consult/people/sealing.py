"""How does a secret lie in a row? Sealed, for one purpose and one person: moved to another row it opens nothing."""

import base64
import binascii
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_LENGTH = 12


def sealed_words(secret: str, purpose: str, about: str, words: str) -> str:
    """The words, readable only with the program's secret, for this purpose and about this person."""
    nonce = os.urandom(NONCE_LENGTH)
    closed = AESGCM(_key(secret, purpose)).encrypt(nonce, words.encode(), about.encode())
    return base64.urlsafe_b64encode(nonce + closed).decode()


def opened_words(secret: str, purpose: str, about: str, sealed: str) -> str | None:
    """The words again; None where anything about the seal is wrong, as after the program's secret was changed."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
        opened = AESGCM(_key(secret, purpose)).decrypt(raw[:NONCE_LENGTH], raw[NONCE_LENGTH:], about.encode())
    except (InvalidTag, ValueError, binascii.Error):
        return None
    return opened.decode()


@lru_cache(maxsize=8)
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, None, f"consult sealing {purpose}".encode()).derive(secret.encode())
