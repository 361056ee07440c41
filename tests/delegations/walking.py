"""Every address that the program answers a GET at, with real arguments: what a reader who tries everything can reach."""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pypdf
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import Client

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


@dataclass(frozen=True)
class Answer:
    """What came back from one address: all of it as words, for people and for programs."""

    address: str
    status: int
    words: str
    etag: str | None


def addresses(app: Flask, real: Mapping[str, Sequence[object]], known: Mapping[str, str]) -> list[str]:
    """Each rule with each of the values that its arguments may have; `known` names the slug by how a rule begins."""
    found: dict[str, None] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "asset":
            continue
        names = sorted(rule.arguments - set(rule.defaults or {}))
        choices = [_values(rule.rule, name, real, known) for name in names]
        for values in itertools.product(*choices):
            adapter = app.url_map.bind("localhost")
            found.setdefault(adapter.build(rule.endpoint, dict(zip(names, values, strict=True))))
    return list(found)


def _values(
    rule: str, name: str, real: Mapping[str, Sequence[object]], known: Mapping[str, str]
) -> Sequence[object]:
    if name == "slug":
        named = [slug for start, slug in known.items() if f"/{start}/<slug>" in rule]
        return named or list(known.values())
    return real.get(name, ["x"])


def walked(browser: Client, places: Iterable[str], tails: Sequence[str] = ("",)) -> Iterator[Answer]:
    """Goes to each of them."""
    for place in places:
        for tail in tails:
            answer = browser.get(place + tail)
            yield Answer(place + tail, answer.status_code, words_in(answer), answer.headers.get("ETag"))


def words_in(answer: TestResponse) -> str:
    """Body, headers, and the words inside of Word and PDF files."""
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    blob = answer.get_data()
    if blob[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return "\n".join([heads, *parts])
    if blob[:4] == b"%PDF":
        reader = pypdf.PdfReader(io.BytesIO(blob))
        said = [page.extract_text() for page in reader.pages]
        return "\n".join([heads, *said, str(reader.metadata)])
    return heads + "\n" + blob.decode("utf-8", "replace")


def steady(answer: Answer) -> tuple[int, str, str | None]:
    """The same page twice is the same, but for the tokens that each form carries."""
    words = re.sub(r"(?m)^(Set-Cookie|Date|Content-Length): .*$", "", answer.words)
    return answer.status, HIDDEN.sub("", words), answer.etag
