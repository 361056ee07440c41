"""What the tests of a strong sign-in share: an app that shows codes, and a security key written in a page of Python."""

import base64
import hashlib
import json
import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pyotp
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consult import clock
from consult.people import acts_factors
from consult.people.models import Person
from tests import build
from tests.conftest import QUICK, Client

PASSWORD = "a long enough password"
HERE = "http://localhost"


def somebody(session: Session, email: str = "amina@example.org", **facts: Any) -> Person:
    """Somebody with a password."""
    return build.a_person(session, email=email, password=PASSWORD, **facts)


def code(secret: str, at: datetime | None = None) -> str:
    """What an app with this secret shows."""
    return pyotp.TOTP(secret).at(at or clock.now())


def with_app(session: Session, person: Person) -> str:
    """Sets an app up for this person; answers its secret."""
    secret = pyotp.random_base32()
    acts_factors.add_app(session, build.acting(session, person), QUICK["SECRET_KEY"], secret, code(secret))
    return secret


def with_codes(session: Session, person: Person) -> tuple[str, ...]:
    """Makes recovery codes for this person, who has a factor."""
    return acts_factors.make_codes(session, build.acting(session, person))


def first_step(client: Client, email: str = "amina@example.org", after: str = "/en/profile") -> TestResponse:
    """Gives the right password."""
    return client.send("/en/sign-in", {"email": email, "password": PASSWORD, "next": after})


def second_step(client: Client, typed: str, after: str = "/en/profile") -> TestResponse:
    """Gives a code."""
    return client.send("/en/sign-in/second", {"code": typed, "next": after})


def is_in(client: Client) -> bool:
    """Whether this browser is signed in."""
    return client.get("/en/profile").status_code == 200


def prove(client: Client) -> TestResponse:
    """Gives the password once more, as is asked before anything is changed."""
    return client.send("/en/profile/confirmation", {"password": PASSWORD})


def codes_on(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"<kbd>([0-9a-z]{4}(?:-[0-9a-z]{4}){3})</kbd>", page)


def words(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def cbor(thing: Any) -> bytes:
    """As much of CBOR as an authenticator speaks."""
    if isinstance(thing, int):
        return _head(0, thing) if thing >= 0 else _head(1, -1 - thing)
    if isinstance(thing, bytes):
        return _head(2, len(thing)) + thing
    if isinstance(thing, str):
        return _head(3, len(thing.encode())) + thing.encode()
    return _head(5, len(thing)) + b"".join(cbor(k) + cbor(v) for k, v in thing.items())


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    return bytes([kind << 5 | 24, number]) if number < 256 else bytes([kind << 5 | 25]) + number.to_bytes(2)


@dataclass
class SecurityKey:
    """An authenticator in software: what it answers can be bent in every way that a test needs."""

    origin: str = HERE
    host: str = "localhost"
    count: int = 1
    knows_person: bool = True
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    secret: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    handle: str = ""

    def makes(self, asked: dict[str, Any], **bent: Any) -> str:
        """The answer to a question that asks for a passkey."""
        self.handle = asked["user"]["id"]
        point = self.secret.public_key().public_numbers()
        key = cbor({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32), -3: point.y.to_bytes(32)})
        attested = bytes(16) + len(self.credential_id).to_bytes(2) + self.credential_id + key
        told = self._told(0x40) + attested
        made = cbor({"fmt": "none", "attStmt": {}, "authData": told})
        client = self._client("webauthn.create", asked, bent)
        return self._answer({"clientDataJSON": words(client), "attestationObject": words(made)})

    def signs(self, asked: dict[str, Any], **bent: Any) -> str:
        """The answer to a question that asks for a signature."""
        told = self._told(0)
        client = self._client("webauthn.get", asked, bent)
        signature = self.secret.sign(told + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        said = {
            "clientDataJSON": words(client),
            "authenticatorData": words(told),
            "signature": words(signature),
        }
        return self._answer({**said, "userHandle": bent.get("handle", self.handle)})

    def _told(self, flags: int) -> bytes:
        flags |= 0x01 | (0x04 if self.knows_person else 0)
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client(self, kind: str, asked: dict[str, Any], bent: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps({**told, **{k: v for k, v in bent.items() if k in told}}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        named = words(self.credential_id)
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})
