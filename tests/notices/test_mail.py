"""Is what leaves well formed, sent under verified TLS, and impossible to forge headers with?"""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from consult import clock
from consult.notices.mail import Line, NotSent, Post, Sender, composed, deliverable, sender_of, server_of
from tests import build
from tests.notices.server import Server

OURS = Sender("Consult", "letters@consult.example")


def a_post(**facts: object) -> Post:
    named = {
        "name": "0" * 32,
        "to": "amina@example.org",
        "subject": "A subject",
        "body": "Words.\n",
        "language": "en",
        "at": build.NOON,
    }
    return Post(**{**named, **facts})  # type: ignore[arg-type]


def sent(server: Server, post: Post, url: str = "") -> None:
    line = Line(server_of(url or server.url), OURS)
    try:
        line.send(post, lambda: None)
    finally:
        line.close()


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Round 2 closes", "Plain words.\n"),
        ("تمديد الجولة الثانية", "\u200fالموعد الجديد هو ٣ كانون الأول.\n" * 3),
        ("第二轮意见征集延期", "截止时间以您所在时区显示。\n" * 3),
        (
            "Le tour 2 a été prolongé jusqu’au 10 décembre, à la demande de plusieurs délégations",
            "Été.\n.\n..dots\n",
        ),
    ],
)
def test_words_in_every_script_arrive_as_they_were(mail_server: Server, subject: str, body: str) -> None:
    sent(mail_server, a_post(subject=subject, body=body))
    (message,) = mail_server.taken
    assert str(message["Subject"]) == subject
    assert message.get_content().replace("\r\n", "\n") == body
    raw = composed(a_post(subject=subject, body=body), OURS).as_bytes()
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 200


@pytest.mark.parametrize(
    "forged", ["a\r\nBcc: evil@example.org", "a\nBcc: evil@example.org", "a\u2028Bcc: x", "a\x00b"]
)
def test_nobody_forges_a_header(forged: str) -> None:
    sender = Sender(forged, "letters@consult.example")
    raw = composed(a_post(subject=forged, unsubscribe="https://consult.example/x"), sender).as_bytes()
    parsed = message_from_bytes(raw, policy=policy.SMTP)
    assert parsed["Bcc"] is None
    assert {name.casefold() for name in parsed} == {
        *("from", "to", "subject", "date", "message-id", "auto-submitted", "list-unsubscribe"),
        *(
            "list-unsubscribe-post",
            "content-type",
            "content-transfer-encoding",
            "mime-version",
            "content-language",
        ),
    }
    with pytest.raises(NotSent):
        composed(a_post(to="x@example.org\r\nBcc: evil@example.org"), OURS)


def test_addresses_of_other_scripts(mail_server: Server) -> None:
    assert deliverable("amina@bücher.example") == "amina@xn--bcher-kva.example"
    sent(mail_server, a_post(to="amina@bücher.example"))
    sent(mail_server, a_post(to="用户@例子.example"))
    assert [one.rcpt_tos for one in mail_server.envelopes] == [
        ["amina@xn--bcher-kva.example"],
        ["用户@xn--fsqu00a.example"],
    ]
    with pytest.raises(NotSent) as refused:
        deliverable("not an address")
    assert refused.value.is_final


@pytest.mark.parametrize(
    ("mail_from", "contact", "site", "address", "name"),
    [
        ("Secretariat <s@un.example>", "", "https://c.example", "s@un.example", "Secretariat"),
        ("s@un.example", "", "https://c.example", "s@un.example", "Site"),
        ("", "help@c.example", "https://c.example", "help@c.example", "Site"),
        ("", "https://c.example/contact", "https://c.example", "letters@c.example", "Site"),
        ("", "", "http://127.0.0.1:8000", "letters@localhost", "Site"),
        ("Büro <b@bücher.example>", "", "https://c.example", "b@xn--bcher-kva.example", "Büro"),
    ],
)
def test_letters_come_from_the_address_in_the_settings(
    mail_from: str, contact: str, site: str, address: str, name: str
) -> None:
    assert sender_of(mail_from, contact, site, "Site") == Sender(name, address)


def test_the_settings_of_the_server_are_read() -> None:
    server = server_of("smtp://us%40er:p%3Ass@mail.example")
    assert (server.host, server.port, server.user, server.password) == ("mail.example", 587, "us@er", "p:ss")
    assert server.needs_starttls
    assert not server_of("smtp://mail.example:25?starttls=no").needs_starttls
    assert not server_of("smtp://127.0.0.1:25").needs_starttls
    assert server_of("smtps://mail.example").port == 465
    with pytest.raises(NotSent):
        server_of("https://mail.example")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of this machine's, with its key, that nobody trusts yet."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    at = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    place = tmp_path / "certificate.pem"
    place.write_bytes(
        made.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return place


@pytest.fixture
def guarded(certificate: Path) -> Iterator[Server]:
    """A server that speaks under TLS only, and asks for a password."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with Server(tls=context, password="right", insists=True) as server:
        yield server


def test_a_server_that_cannot_prove_who_it_is_gets_neither_password_nor_letter(guarded: Server) -> None:
    url = guarded.url.replace("smtp://", "smtp://user:right@")
    with pytest.raises(NotSent) as refused:
        sent(guarded, a_post(), url)
    assert refused.value.is_ours and not refused.value.is_final
    assert (guarded.signed_in, guarded.taken) == ([], [])


def test_under_a_trusted_certificate_it_signs_in_and_sends(
    guarded: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    sent(guarded, a_post(), guarded.url.replace("smtp://", "smtp://user:right@"))
    assert (guarded.signed_in, len(guarded.taken)) == (["user"], 1)
    with pytest.raises(NotSent) as refused:
        sent(guarded, a_post(), guarded.url.replace("smtp://", "smtp://user:wrong@"))
    assert refused.value.is_ours
    assert "right" not in refused.value.error and "wrong" not in refused.value.error


def test_without_tls_no_letter_goes_to_another_machine(mail_server: Server) -> None:
    """A name that is not this machine's by its letters, though it leads here: it insists on TLS."""
    url = f"smtp://0:{mail_server.port}"
    with pytest.raises(NotSent, match="STARTTLS"):
        sent(mail_server, a_post(), url)
    sent(mail_server, a_post(), url + "?starttls=no")
    assert len(mail_server.taken) == 1


@pytest.mark.parametrize("to", ["amina@example.org", "амина@example.org"])
def test_the_address_that_ends_a_kind_of_letter_is_never_broken(to: str) -> None:
    address = "https://consult.example/ar/letters/unsubscribe/" + "x" * 120
    raw = composed(a_post(to=to, unsubscribe=address), OURS).as_bytes()
    assert f"\r\nList-Unsubscribe: <{address}>\r\n".encode() in raw


@pytest.mark.parametrize("to", ["amina@example.org", "амина@example.org"])
def test_a_long_subject_keeps_its_spaces(to: str) -> None:
    subject = "أُجيب عن تعليقاتكم على المبادئ التوجيهية بشأن اختبار نظم الذكاء الاصطناعي وسجلات الاختبارات"
    raw = composed(a_post(to=to, subject=subject), OURS).as_bytes()
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Subject"] == subject


def test_the_same_letter_is_the_same_message() -> None:
    first, second = (composed(a_post(), OURS).as_bytes() for _ in range(2))
    assert first == second
    assert b"Message-ID: <" + b"0" * 32 + b"@consult.example>" in first
