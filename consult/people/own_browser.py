"""Did this very browser ask for the account? It keeps a random mark, and the row behind the letter's link its hash.

In any other browser the password that was typed is not taken: whoever knows it may be a stranger to the address.
"""

import hashlib
import secrets

from consult.web import signing_in

ASKED = "asked"


def marked() -> str:
    """The hash of this browser's mark, which it is given if it has none."""
    if not isinstance(signing_in.kept(ASKED), str):
        signing_in.keep(ASKED, secrets.token_urlsafe(16))
    return mark()


def mark() -> str:
    """The hash of this browser's mark; nothing where it never asked."""
    kept = signing_in.kept(ASKED)
    return hashlib.sha256(kept.encode()).hexdigest() if isinstance(kept, str) else ""
