"""Does another site vouch for her? OpenID Connect: a code for our eyes only, and a signed word about who she is.

Whatever the provider sends is judged here: its name, its seal, its hour, and that the word is for us and answers this
very question. Nothing here reads or writes a row, so nobody waits for a provider inside a transaction.
"""

import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from consult.people.refusals_provider import ProviderDeclined, ProviderSilent, ProviderUnclear

SECONDS, LEEWAY = 5, 60
SCOPE = "openid email profile"
# Signatures by a key that only the provider has: never "none", never one made with the secret that we share.
SEALS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Provider:
    """The other site, what it knows us as, and where it sends the browser back to."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    answer_to: str


@dataclass(frozen=True, slots=True)
class Question:
    """What must come back with the answer; the browser's cookie session keeps it."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for; `email` is empty where it does not vouch for the address."""

    issuer: str
    subject: str
    email: str
    name: str


def name_of(issuer: str, name: str) -> str:
    """What people know a provider as: the name given, or its host."""
    return name or urlsplit(issuer).hostname or issuer


def asked(provider: Provider) -> tuple[str, Question]:
    """Where to send the browser, and what must come back."""
    question = Question(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    with _judged(provider), _session(provider) as session:
        about = _about(provider, session)
        address, _ = session.create_authorization_url(
            about["authorization_endpoint"],
            state=question.state,
            code_verifier=question.verifier,
            nonce=question.nonce,
        )
    return str(address), question


def vouched(provider: Provider, question: Question, answer: Mapping[str, str], at: datetime) -> Vouched:
    """Whom the provider vouches for, in its answer to this question."""
    is_ours = secrets.compare_digest(answer.get("state", "").encode(), question.state.encode())
    if not is_ours or answer.get("iss", provider.issuer) != provider.issuer:
        raise ProviderUnclear(provider.name)
    if "error" in answer or not answer.get("code"):
        raise ProviderDeclined(provider.name)
    with _judged(provider), _session(provider) as session:
        about = _about(provider, session)
        ways = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if provider.client_secret and "client_secret_basic" not in ways and "client_secret_post" in ways:
            session.token_endpoint_auth_method = "client_secret_post"  # noqa: S105
        token = session.fetch_token(
            about["token_endpoint"],
            grant_type="authorization_code",
            code=answer["code"],
            code_verifier=question.verifier,
            allow_redirects=False,
        )
        claims = _claims(provider, session, about, token, question.nonce, at)
        said = claims if {"email", "email_verified"} <= set(claims) else _more(session, about, claims)
    is_verified = said.get("email_verified") in (True, "true")
    return Vouched(
        issuer=provider.issuer,
        subject=claims["sub"],
        email=_words(said.get("email")) if is_verified else "",
        name=_words(said.get("name") or claims.get("name"))[:200],
    )


@contextmanager
def _judged(provider: Provider) -> Iterator[None]:
    """Says whatever fails on the way to a provider, and in reading what it wrote, as one of two refusals."""
    try:
        yield
    except requests.JSONDecodeError as error:
        raise ProviderUnclear(provider.name) from error
    except requests.RequestException as error:
        log.warning("the provider is silent: %r", error)
        raise ProviderSilent(provider.name) from error
    except Exception as error:  # somebody else wrote every byte
        log.warning("the provider's answer cannot be trusted: %r", error)
        raise ProviderUnclear(provider.name) from error


def _session(provider: Provider) -> OAuth2Session:
    return OAuth2Session(
        provider.client_id,
        provider.client_secret or None,
        scope=SCOPE,
        redirect_uri=provider.answer_to,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )


def _about(provider: Provider, session: OAuth2Session) -> dict[str, Any]:
    """What the provider says of itself; it must give the very name that we know it by."""
    about = _json(session, provider.issuer.rstrip("/") + "/.well-known/openid-configuration", is_ours=False)
    if about.get("issuer") != provider.issuer:
        raise ValueError("it gives another name")
    scheme = urlsplit(provider.issuer).scheme
    if any(urlsplit(about[name]).scheme not in (scheme, "https") for name in ENDPOINTS):
        raise ValueError("it would speak in clear")
    return about


def _claims(
    provider: Provider,
    session: OAuth2Session,
    about: Mapping[str, Any],
    token: Mapping[str, Any],
    nonce: str,
    at: datetime,
) -> dict[str, Any]:
    """What the signed word says, once its seal and all that it must name are right."""
    keys = KeySet.import_key_set({"keys": _json(session, about["jwks_uri"], is_ours=False)["keys"]})
    registry = JWSRegistry(algorithms=SEALS, strict_check_header=False)
    opened = jwt.decode(token["id_token"], keys, registry=registry)
    claims = CodeIDToken(
        opened.claims,
        opened.header,
        {
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        },
        {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")},
    )
    claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    if not _words(claims["sub"]) or len(claims["sub"]) > 255:
        raise ValueError("it names nobody")
    return dict(claims)


def _more(session: OAuth2Session, about: Mapping[str, Any], claims: Mapping[str, Any]) -> dict[str, Any]:
    """What the provider tells of the person beside the signed word, as many do with the e-mail address."""
    if "userinfo_endpoint" not in about:
        return dict(claims)
    found = _json(session, about["userinfo_endpoint"], is_ours=True)
    if found.get("sub") != claims["sub"]:
        raise ValueError("it tells of somebody else")
    return found


def _json(session: OAuth2Session, address: str, *, is_ours: bool) -> dict[str, Any]:
    """The object at this address, asked for with our token where the answer is for us only."""
    answer = session.request("GET", address, withhold_token=not is_ours, allow_redirects=False)
    if answer.status_code >= 500:
        raise requests.ConnectionError(f"status {answer.status_code}")
    found = answer.json()
    if answer.status_code != 200 or not isinstance(found, dict):
        raise ValueError("no object")
    return found


def _words(said: object) -> str:
    return said.strip() if isinstance(said, str) else ""
