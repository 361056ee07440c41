"""A real mail server on this machine that refuses, is slow, or hangs up, as it is told to; and what it took."""

import asyncio
import os
import signal
import socket
import ssl
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Talk(SMTP):
    """The conversation, which may break off when it comes to the words."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """As asked for at DATA."""
        answer = await self.event_handler.at("DATA", self)
        if answer:
            await self.push(answer)
            return
        await super().smtp_DATA(arg)


class Server:
    """What it does at each step is told by `faults`: an answer, a wait in seconds, or "drop".

    A step's faults are used up one after the other; then it does as it should. With `kills` it ends that process.
    """

    def __init__(
        self, *, tls: ssl.SSLContext | None = None, password: str = "", insists: bool = False
    ) -> None:
        self.faults: dict[str, list[str | float]] = {}
        self.kills: dict[str, int] = {}
        self.taken: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.signed_in: list[str] = []
        self.connections = 0
        port = _free_port()
        self._controller = _Controller(self, port, tls, password, insists)
        self.url = f"smtp://127.0.0.1:{port}"
        self.port = port

    def __enter__(self) -> "Server":
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    @property
    def ids(self) -> list[str]:
        """The Message-ID of each letter taken."""
        return [str(one["Message-ID"]) for one in self.taken]

    async def at(self, step: str, talk: SMTP | None) -> str | None:
        """What happens at this step."""
        if step in self.kills:
            os.kill(self.kills.pop(step), signal.SIGKILL)
        fault = self.faults[step].pop(0) if self.faults.get(step) else None
        if isinstance(fault, float):
            await asyncio.sleep(fault)
            return None
        if fault == "drop" and talk is not None and talk.transport is not None:
            talk.transport.abort()
            return "421 Gone"
        return fault

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Counts who comes."""
        self.connections += 1
        await self.at("EHLO", server)
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes whoever sends, unless told otherwise."""
        answer = await self.at("MAIL", server)
        if not answer:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes every reader, unless told otherwise, or that one's address says so."""
        answer = await self.at("RCPT", server)
        if address.startswith("nobody"):
            answer = "550 5.1.1 No such user"
        if not answer:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Takes the letter, unless told to lose it; then answers, unless told to hang up."""
        lost = await self.at("lose", None)
        if not lost:
            assert isinstance(envelope.content, bytes)
            message = message_from_bytes(envelope.content, policy=policy.SMTPUTF8)
            assert isinstance(message, EmailMessage)
            self.taken.append(message)
            self.envelopes.append(envelope)
        answer = await self.at("words", server)
        return lost or answer or "250 Taken"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        """One user, one password."""
        assert isinstance(given, LoginPassword)
        self.signed_in.append(given.login.decode())
        return AuthResult(success=given.password.decode() == self._controller.password)


class _Controller(Controller):
    def __init__(
        self, handler: Server, port: int, tls: ssl.SSLContext | None, password: str, insists: bool
    ) -> None:
        self._tls, self.password, self._insists = tls, password, insists
        super().__init__(handler, hostname="127.0.0.1", port=port)

    def factory(self) -> SMTP:
        more: dict[str, Any] = {"tls_context": self._tls, "require_starttls": self._insists}
        if self.password:
            more |= {"authenticator": self.handler.authenticate, "auth_require_tls": self._tls is not None}
        return Talk(self.handler, enable_SMTPUTF8=True, timeout=30, **more)


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Waits until it holds."""
    ends_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends_at
        time.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
