"""The reader: a section a page at a fixed price, in the reader's language or in the source, so marked."""

import re
from collections.abc import Callable

import html5lib
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.db import commit
from consult.memory import ALL
from tests.bench.rows import make
from tests.conftest import Client


def forget() -> None:
    """As in a process that has just started."""
    for memory in ALL:
        memory.forget()


def test_a_large_draft_costs_as_many_queries_as_a_small_one(
    app: Flask, session: Session, client: Client, count_queries: Callable[[Callable[[], object]], int]
) -> None:
    counts = {}
    for clauses, comments in ((20, 50), (120, 600)):
        made = make(session, clauses=clauses, comments=comments, busy=20, slug=f"of-{clauses}")
        commit(session)
        forget()
        address = f"/en/consultations/{made.slug}/drafts/0/clauses/{made.busy}"
        cold = count_queries(lambda at=address: client.get(at))
        app.extensions["consult.pages"].forget()
        warm = count_queries(lambda at=address: client.get(at))
        kept = count_queries(lambda at=address: client.get(at))
        counts[clauses] = (cold, warm, kept)
    assert counts[20] == counts[120]
    assert counts[20][2] <= 4


def test_a_kept_page_is_made_anew_after_any_public_act(app: Flask, session: Session, client: Client) -> None:
    made = make(session, clauses=5, comments=3, busy=2, slug="kept")
    address = f"/en/consultations/kept/drafts/0/clauses/{made.busy}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    other = make(session, clauses=2, comments=1, busy=1, slug="other")
    assert client.get(f"/en/consultations/{other.slug}/drafts/0/").status_code == 200
    assert client.get(address).headers["ETag"] != first.headers["ETag"], "accreditations count in every tally"


def test_a_printed_number_leads_to_the_clauses_permanent_address(session: Session, client: Client) -> None:
    make(session, clauses=25, comments=3, busy=2, slug="numbers")
    answer = client.get("/en/consultations/numbers/drafts/0/clauses/2.3")
    assert answer.status_code == 302
    assert re.search(r"/clauses/(c\d+)#\1$", answer.location)
    assert client.get("/en/consultations/numbers/drafts/0/clauses/99.9").status_code == 404


@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
def test_the_page_is_valid_html_in_every_language(session: Session, client: Client, language: str) -> None:
    make(session, clauses=25, comments=30, busy=20, slug="valid")
    page = client.get(f"/{language}/consultations/valid/drafts/0/").text
    html5lib.HTMLParser(strict=True).parse(page)
    assert f'<html lang="{language}"' in page
    assert 'lang="en"' in page


def test_what_is_not_translated_stands_in_the_source_marked_so(session: Session, client: Client) -> None:
    make(session, clauses=3, comments=1, busy=1, slug="source")
    page = client.get("/ar/consultations/source/drafts/0/").text
    assert re.search(r'<div class="text" lang="en" dir="ltr">', page)


def test_a_language_that_is_not_offered_is_not_there(session: Session, client: Client) -> None:
    make(session, clauses=3, comments=1, busy=1, slug="offered")
    assert client.get("/en/consultations/offered/drafts/0/?read=tlh").status_code == 404
