"""A provider of a page of Python that signs whatever a test wants it to say: true, stale, for others, or not at all."""

import base64
import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "consult", "a secret that both know, of thirty-two characters"
KEY, OTHER = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Liar:
    """What it says of itself and of people; a test bends it."""

    address: str = ""
    nonce: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    person: dict[str, Any] = field(default_factory=dict)
    seal: str = "right"
    keys: dict[str, Any] | None = None
    status: dict[str, int] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    meanwhile: Callable[[], None] = lambda: None
    asked: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)

    def discovery(self) -> dict[str, Any]:
        """What it says of itself."""
        here = self.address
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/auth",
            "token_endpoint": f"{here}/token",
            "jwks_uri": f"{here}/jwks",
            "userinfo_endpoint": f"{here}/me",
            **self.about,
        }

    def token(self) -> dict[str, Any]:
        """Its word about a person, and a token to ask more with."""
        now = int(time.time())
        said = {
            "iss": self.address,
            "sub": "42",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
        }
        said = {name: value for name, value in {**said, **self.claims}.items() if value is not None}
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": self.sealed(said)}

    def sealed(self, said: dict[str, Any]) -> str:
        """Its word under the seal that the test wants."""
        if self.seal == "none":
            head = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
            return f"{head}.{base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip('=')}."
        if self.seal == "shared":
            return jwt.encode({"alg": "HS256", "kid": "one"}, said, OctKey.import_key(CLIENT_SECRET))
        key = OTHER if self.seal == "other" else KEY
        return jwt.encode({"alg": "RS256", "kid": "one"}, said, key)

    def answer(self, path: str) -> Any:
        """What stands at this path."""
        answers = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": lambda: self.keys or {"keys": [KEY.as_dict(private=False)]},
            "/token": self.token,
            "/me": lambda: {"sub": "42", **self.person},
        }
        return answers[path]()


@contextlib.contextmanager
def lying() -> Iterator[Liar]:
    """The provider, while it runs."""
    liar = Liar()

    class Speaking(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._speak({})

        def do_POST(self) -> None:
            self._speak(parse_qs(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))

        def _speak(self, asked: dict[str, list[str]]) -> None:
            liar.asked.append((self.path, asked))
            liar.meanwhile()
            body = liar.raw.get(self.path)
            body = json.dumps(liar.answer(self.path)).encode() if body is None else body
            self.send_response(liar.status.get(self.path, 200))
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Speaking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    liar.address = f"http://127.0.0.1:{server.server_port}"
    yield liar
    server.shutdown()
    server.server_close()
