"""Which codes open beside a password? Those an app shows for half a minute (RFC 6238), and those kept on paper."""

import hashlib
import hmac
import re
import secrets
import unicodedata
from datetime import datetime

import pyotp
import segno

STEP_SECONDS, STEPS_AROUND = 30, 1
CODE_COUNT, FEW_CODES = 10, 3
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: none that is taken for another
CODE_LENGTH, GROUP = 16, 4  # 80 bits
LOOKALIKES = str.maketrans({"i": "1", "l": "1", "o": "0"})


def new_secret() -> str:
    """What the app and the program will share."""
    return pyotp.random_base32()


def grouped(secret: str) -> str:
    """The secret as people type it: in groups of four."""
    return " ".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))


def picture(secret: str, account: str, site: str) -> str:
    """The secret as an SVG that an app reads with the camera; dark on light in every theme."""
    address = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=site)
    return str(segno.make(address, error="m").svg_inline(scale=5, border=4, light="#fff", svgclass=None))


def step_of(secret: str, typed: str, at: datetime) -> int | None:
    """The step whose code this is: the present one, or one to either side; None where it is none of them."""
    code = _digits(typed)
    now = int(at.timestamp()) // STEP_SECONDS
    found = None
    for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1):
        if hmac.compare_digest(pyotp.HOTP(secret).at(step), code):
            found = step
    return found


def new_codes() -> tuple[str, ...]:
    """Codes for paper, as they are shown."""
    return tuple(
        _shown("".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))) for _ in range(CODE_COUNT)
    )


def code_hash(typed: str) -> str:
    """What is kept of such a code, however it was typed. It has 80 random bits, so a fast hash is enough."""
    plain = unicodedata.normalize("NFKC", typed).casefold().translate(LOOKALIKES)
    return hashlib.sha256(("recovery:" + re.sub(r"[\s-]", "", plain)).encode()).hexdigest()


def _shown(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def _digits(typed: str) -> str:
    """The digits typed, in whichever script, without the blanks between."""
    return "".join(str(unicodedata.digit(sign)) for sign in typed if unicodedata.digit(sign, -1) >= 0)
