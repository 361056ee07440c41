"""How does a letter leave? As plain text, by SMTP, or into a folder; the only place that speaks to a mail server."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from consult.notices.lines import one_line

TIMEOUT, ANSWER_TIMEOUT = 20, 60  # seconds; the server may think longer about what it has received


WHOLE = ("list-unsubscribe", "message-id")


class Ascii(policy.EmailPolicy):
    """Headers in ASCII, but for addresses that are not; a subject keeps its spaces (Python's own folding loses some between two encoded words), and an
    address that is longer than a line stays one, as mail programs read it."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """The header as it goes out."""
        if name.lower() in WHOLE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        words = Header(str(value), header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}".encode("ascii")


# Seven bits in the body: every server on the way takes it as it is.
PLAIN = Ascii(linesep="\r\n", cte_type="7bit")
WITH_UTF8 = PLAIN.clone(utf8=True)


class NotSent(Exception):
    """A letter that did not go. `is_final`: this reader will never get it; `is_ours`: the way itself is barred."""

    def __init__(self, error: str, *, is_final: bool = False, is_ours: bool = False) -> None:
        super().__init__(error)
        self.error, self.is_final, self.is_ours = error, is_final, is_ours


@dataclass(frozen=True, slots=True)
class Post:
    """One letter, ready to be sent."""

    name: str
    to: str
    subject: str
    body: str
    language: str
    at: datetime
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom letters come from."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2] or "localhost"


def sender_of(mail_from: str, contact: str, site: str, site_name: str) -> Sender:
    """MAIL_FROM, else CONTACT, else an address at this site's host."""
    host = urlsplit(site).hostname or "localhost"
    for given in (mail_from, contact):
        name, address = parseaddr(given)
        if "@" in address:
            return Sender(one_line(name) or site_name, _ascii(address))
    return Sender(site_name, f"letters@{host if any(sign.isalpha() for sign in host) else 'localhost'}")


def composed(post: Post, sender: Sender) -> EmailMessage:
    """The message. The same letter has the same Message-ID, and the same bytes, however often it is sent."""
    message = EmailMessage(policy=WITH_UTF8 if _needs_utf8(post.to) else PLAIN)
    message["From"] = Address(one_line(sender.name), addr_spec=sender.address)
    local, _, host = deliverable(post.to).rpartition("@")
    message["To"] = Address(username=local, domain=host)
    message["Subject"] = one_line(post.subject)
    message["Date"] = format_datetime(post.at)
    message["Message-ID"] = f"<{post.name}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if post.unsubscribe is not None:
        message["List-Unsubscribe"] = f"<{post.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(post.body, charset="utf-8")
    message["Content-Language"] = post.language  # after the words: setting them clears what is said of them
    return message


def deliverable(address: str) -> str:
    """The address as it goes out: the host in ASCII; refused for good where it is none."""
    try:
        found = validate_email(
            address, check_deliverability=False, test_environment=True, globally_deliverable=False
        )
    except EmailNotValidError as error:
        raise NotSent("the address is not one", is_final=True) from error
    return found.ascii_email or f"{found.local_part}@{found.ascii_domain}"


@dataclass(frozen=True, slots=True)
class Server:
    """Where MAIL_URL leads."""

    host: str
    port: int
    is_tls: bool
    user: str
    password: str
    needs_starttls: bool


def server_of(url: str) -> Server:
    """smtp://user:password@host:587 turns to TLS and insists on it, unless the host is this machine, or
    `?starttls=no` says that the way there is safe; smtps:// speaks TLS from the start.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise NotSent("MAIL_URL is not smtp://… or smtps://…", is_ours=True)
    is_tls = parts.scheme == "smtps"
    waived = parse_qs(parts.query).get("starttls") == ["no"]
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if is_tls else 587),
        is_tls=is_tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        needs_starttls=not is_tls and not waived and not _is_this_machine(parts.hostname),
    )


class Line:
    """A conversation with the mail server, opened at the first letter and kept for those after it."""

    def __init__(self, server: Server, sender: Sender) -> None:
        self._server, self._sender = server, sender
        self._smtp: smtplib.SMTP | None = None

    def send(self, post: Post, before_handing: Callable[[], None]) -> None:
        """Sends one letter; `before_handing` is called when the server waits for its words.

        Whatever goes wrong is a NotSent. After a plain return the server has taken the letter on.
        """
        message = composed(post, self._sender)
        try:
            smtp = self._smtp or self._open()
            self._envelope(smtp, deliverable(post.to))
            self._expect(smtp.docmd("DATA"), 354, "DATA")
            before_handing()
            self._hand(smtp, message.as_bytes())
        except NotSent:
            self._reset()
            raise
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise _not_sent(error) from error

    def close(self) -> None:
        """Says good-bye, and does not wait for an answer that does not come."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
            self._smtp.close()
        self._smtp = None

    def _open(self) -> smtplib.SMTP:
        server, trusted = self._server, ssl.create_default_context()
        if server.is_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trusted)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        self._smtp = smtp
        smtp.ehlo_or_helo_if_needed()
        if not server.is_tls and smtp.has_extn("starttls"):
            smtp.starttls(context=trusted)
            smtp.ehlo()
        elif server.needs_starttls:
            raise NotSent("the mail server does not offer STARTTLS", is_ours=True)
        if server.user:
            smtp.login(server.user, server.password)
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, to: str) -> None:
        options = []
        if not to.isascii():
            if not smtp.has_extn("smtputf8"):
                raise NotSent("the mail server takes no addresses in this script", is_final=True)
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        self._expect(smtp.mail(self._sender.address, options), 250, "MAIL", is_ours=True)
        self._expect(smtp.rcpt(to), 250, "RCPT", also=251)

    def _hand(self, smtp: smtplib.SMTP, words: bytes) -> None:
        quoted = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in words.split(b"\r\n"))
        smtp.send(quoted.removesuffix(b"\r\n") + b"\r\n.\r\n")
        if smtp.sock is not None:
            smtp.sock.settimeout(ANSWER_TIMEOUT)
        answer = smtp.getreply()
        if smtp.sock is not None:
            smtp.sock.settimeout(TIMEOUT)
        self._expect(answer, 250, "the letter")

    def _expect(
        self, answer: tuple[int, bytes], wanted: int, at: str, *, also: int = 0, is_ours: bool = False
    ) -> None:
        code = answer[0]
        if code in (wanted, also):
            return
        is_final = 500 <= code < 600 and not is_ours
        raise NotSent(f"{code} at {at}", is_final=is_final, is_ours=is_ours or code == 421)

    def _reset(self) -> None:
        """Makes ready for the next letter; a server that does not answer is left."""
        try:
            if self._smtp is not None and self._smtp.rset()[0] != 250:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()


def _not_sent(error: Exception) -> NotSent:
    """What broke the conversation off concerns no one reader, so it is tried again."""
    if isinstance(error, smtplib.SMTPResponseException):
        return NotSent(f"{error.smtp_code} at {type(error).__name__}", is_ours=True)
    return NotSent(type(error).__name__, is_ours=True)


def _needs_utf8(address: str) -> bool:
    return not address.rpartition("@")[0].isascii()


def _ascii(address: str) -> str:
    local, _, host = address.rpartition("@")
    with suppress(UnicodeError):
        return f"{local}@{host.encode('idna').decode()}"
    return address


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
