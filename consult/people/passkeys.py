"""Is this the answer of a passkey, to the question that we asked, on this site? WebAuthn, by py_webauthn."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

LONGEST_ANSWER = 20_000
MINUTES = 5
TRANSPORTS = {one.value for one in AuthenticatorTransport}


class NotThatPasskey(ValueError):
    """The answer is malformed, is to another question, or comes from another site or key."""


@dataclass(frozen=True, slots=True)
class Site:
    """The party that passkeys are made for: its host, and the origin that browsers name."""

    host: str
    origin: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """A passkey that we know, as the browser is told of it."""

    credential_id: bytes
    transports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A passkey that was just made."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    """What a passkey said when it signed: its count, and whether it knew its person (by finger, face or PIN)."""

    sign_count: int
    is_verified: bool


def site_of(address: str, name: str) -> Site:
    """The party of a site that is reached at this address."""
    parts = urlsplit(address)
    return Site(parts.hostname or "", f"{parts.scheme}://{parts.netloc}", name)


def asked_to_make(
    site: Site, handle: str, account: str, name: str, known: Collection[Known]
) -> tuple[bytes, str]:
    """The challenge, and what the browser is asked so that it makes a passkey, one that none of these is already."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=handle.encode(),
        user_name=account,
        user_display_name=name,
        timeout=MINUTES * 60_000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_described(known),
    )
    return options.challenge, webauthn.options_to_json(options)


def asked_to_sign(site: Site, known: Collection[Known], *, needs_verification: bool) -> tuple[bytes, str]:
    """The challenge, and what the browser is asked so that a passkey signs it: one of these, or any if none is named."""
    wanted = (
        UserVerificationRequirement.REQUIRED if needs_verification else UserVerificationRequirement.PREFERRED
    )
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        timeout=MINUTES * 60_000,
        allow_credentials=_described(known),
        user_verification=wanted,
    )
    return options.challenge, webauthn.options_to_json(options)


def made(answer: str, challenge: bytes, site: Site) -> Made:
    """The passkey that this answer tells of."""
    credential = _parsed(answer)
    try:
        found = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except Exception as error:  # a stranger wrote every byte: whatever fails in reading it is a refusal
        raise NotThatPasskey(str(error)) from error
    said = credential["response"].get("transports")
    transports = tuple(one for one in said if one in TRANSPORTS) if isinstance(said, list) else ()
    return Made(found.credential_id, found.credential_public_key, found.sign_count, transports)


def credential_id(answer: str) -> bytes:
    """Which passkey this answer says it is from."""
    try:
        return base64url_to_bytes(_parsed(answer)["rawId"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotThatPasskey("no id") from error


def handle(answer: str) -> str | None:
    """The account that the passkey was made for, where it says so."""
    said = _parsed(answer).get("response")
    kept = said.get("userHandle") if isinstance(said, dict) else None
    try:
        return base64url_to_bytes(kept).decode() if isinstance(kept, str) and kept else None
    except ValueError as error:
        raise NotThatPasskey("no handle") from error


def signed(
    answer: str, challenge: bytes, site: Site, public_key: bytes, *, needs_verification: bool
) -> Signed:
    """What the passkey with this key signed. Whether its count went back is for the caller to judge."""
    credential = _parsed(answer)
    try:
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,
            require_user_verification=needs_verification,
        )
    except Exception as error:  # a stranger wrote every byte: whatever fails in reading it is a refusal
        raise NotThatPasskey(str(error)) from error
    return Signed(found.new_sign_count, found.user_verified)


def was_copied(kept: int, said: int) -> bool:
    """Whether a count that did not go on tells of a second key with the same secret."""
    return (kept > 0 or said > 0) and said <= kept


def kept_challenge(challenge: bytes) -> str:
    """The challenge as a ticket's facts hold it."""
    return bytes_to_base64url(challenge)


def challenge_of(kept: str) -> bytes:
    """The challenge again."""
    return base64url_to_bytes(kept)


def _parsed(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise NotThatPasskey("too long")
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise NotThatPasskey("not JSON") from error
    if not isinstance(found, dict):
        raise NotThatPasskey("no object")
    return found


def _described(known: Collection[Known]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=one.credential_id,
            transports=[AuthenticatorTransport(name) for name in one.transports if name in TRANSPORTS]
            or None,
        )
        for one in known
    ]
