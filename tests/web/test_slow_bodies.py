"""Whoever sends a form slowly keeps nobody else waiting: the transaction begins when the form is there."""

import io

import pytest
from flask import Flask

from consult.db import db


class Slow(io.RawIOBase):
    """A body that looks, at each of its pieces, whether a transaction was begun already."""

    def __init__(self, words: bytes) -> None:
        self._words = io.BytesIO(words)
        self.waited_for: list[bool] = []

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        self.waited_for.append(db.session.in_transaction())
        return self._words.readinto(into)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/en/password", "/en/sign-out", "/en/sign-in", "/en/letters/reading"])
def test_no_transaction_waits_for_the_rest_of_a_form(app: Flask, address: str) -> None:
    words = b"email=somebody%40example.org"
    body = Slow(words)
    answer = app.test_client().post(
        address,
        content_type="application/x-www-form-urlencoded",
        environ_overrides={"wsgi.input": io.BufferedReader(body), "CONTENT_LENGTH": str(len(words))},
    )
    assert answer.status_code < 500
    assert body.waited_for and not any(body.waited_for)
