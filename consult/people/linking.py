"""Which row does the link of a letter name? The one whose key it carries under our seal, for one purpose."""

from flask import current_app

from consult.core.terms import TicketPurpose
from consult.people.tickets import opened
from consult.refusals import LinkOver


def key_in(token: str, *purposes: TicketPurpose) -> tuple[TicketPurpose, str]:
    """The purpose for which this token was sealed, among these, and the key in it."""
    for purpose in purposes:
        key = opened(current_app.config["SECRET_KEY"], purpose, token)
        if key is not None:
            return purpose, key
    raise LinkOver
