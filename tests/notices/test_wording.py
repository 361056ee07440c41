"""Does every kind of letter read well in every language: plain text, short lines, whole links, one line of subject?"""

import re
import time
from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.config import LANGUAGES, folder
from consult.notices.asked import READERS
from consult.notices.composing import compose
from consult.notices.kinds import KINDS
from consult.notices.labels import LABELS
from consult.notices.lines import ADDRESS, RIGHT_TO_LEFT, SUBJECT, WIDTH, columns, laid_out, one_line
from tests import build
from tests.notices.world import Everything


def test_every_kind_has_its_template_and_its_label() -> None:
    names = {path.name for path in (folder("templates") / "notices").glob("*.txt")}
    assert names == {kind.template.removeprefix("notices/") for kind in KINDS.values()} | {
        "footer.txt",
        "greeting.txt",
    }
    assert set(LABELS) == set(KINDS)
    assert set(READERS) < set(KINDS)


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_reads_as_plain_text(
    app: Flask, session: Session, language: str, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    letters = Everything(session, language).letters()
    assert sorted(letters) == sorted(KINDS)
    with app.test_request_context("/"):
        posts = {kind: compose(session, letter, "reader@example.org") for kind, letter in letters.items()}
    for kind, post in posts.items():
        assert post is not None, kind
        to_administrators = kind in ("organisation.proposed", "organisation.headless")
        assert post.language == language or to_administrators, kind
        assert "\n" not in post.subject and 5 < len(post.subject) <= SUBJECT, (kind, post.subject)
        assert not re.search(r"<[a-z/]|&(amp|lt|quot|#)", post.subject + post.body), (kind, post.body)
        assert "None" not in post.subject + post.body, (kind, post.body)
        assert "{" not in post.body and "%(" not in post.body, (kind, post.body)
        assert "Secret words" not in post.body
        for line in post.body.splitlines():
            is_link = ADDRESS.fullmatch(line) is not None
            assert is_link or columns(line) <= WIDTH + 2, (kind, line)
            assert is_link or "http" not in line, (kind, line)
            assert not line.startswith(("Subject:", "Bcc:", "From:")), (kind, line)
        links = [line for line in post.body.splitlines() if ADDRESS.fullmatch(line)]
        assert links and all(link.startswith("http://127.0.0.1:8000") for link in links), kind
        if post.language == "ar":
            said = [line for line in post.body.splitlines() if line and not ADDRESS.fullmatch(line)]
            assert all(line.startswith(RIGHT_TO_LEFT) for line in said), kind


def test_every_link_in_a_letter_leads_to_a_page_of_this_site(
    app: Flask, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    letters = Everything(session).letters()
    adapter = app.url_map.bind("127.0.0.1:8000")
    with app.test_request_context("/"):
        for kind, letter in letters.items():
            post = compose(session, letter, "reader@example.org")
            assert post is not None
            for line in post.body.splitlines():
                if ADDRESS.fullmatch(line) and line != "http://127.0.0.1:8000":
                    path = line.removeprefix("http://127.0.0.1:8000").partition("?")[0]
                    assert adapter.match(path, method="GET"), (kind, line)
            assert (post.unsubscribe is not None) is (KINDS[kind].is_chosen and letter.person_id is not None)


def test_names_instants_and_links_are_the_readers_own(
    app: Flask, session: Session, stopped_at: Callable[[datetime], None]
) -> None:
    stopped_at(build.NOON)
    letters = Everything(session, "fr", "Asia/Shanghai").letters()
    with app.test_request_context("/"):
        extended = compose(session, letters["round.extended"], "reader@example.org")
        waiting = compose(session, letters["paper.waiting"], "reader@example.org")
    assert extended is not None and waiting is not None
    assert "10 décembre 2026, 08:00 (00:00 UTC)" in " ".join(extended.body.split())
    assert "http://127.0.0.1:8000/fr/consultations/" in extended.body
    assert "Ministère des Communications" in " ".join(waiting.body.split())


def test_words_of_people_forge_nothing() -> None:
    assert one_line("a\r\nBcc: b\u2028c\u202ed\u0000") == "a Bcc: b c d"
    assert "://" not in one_line("Click https://evil.example/x now")
    assert one_line("x" * 3000).endswith("…")


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        ("en", "word " * 30, 3),
        ("zh", "截止时间以您所在时区显示，并附世界协调时。" * 4, 3),
        ("en", "http://127.0.0.1:8000/" + "x" * 200, 1),
        ("en", "> " + "quoted " * 20, 2),
    ],
)
def test_lines_are_short_in_every_script(language: str, text: str, lines: int) -> None:
    laid = laid_out(text, language, is_right_to_left=False).splitlines()
    assert len(laid) == lines
    assert "".join("".join(laid).split()).replace(">", "") == "".join(text.split()).replace(">", "")
    if text.startswith("> "):
        assert all(line.startswith("> ") for line in laid)
    if language == "zh":
        assert not any(line.startswith(("，", "。")) for line in laid)


def test_long_words_are_put_on_one_line_in_no_time() -> None:
    began = time.process_time()
    assert one_line("a." * 50_000).endswith("…")
    assert "://" not in one_line("Go to hxxhttps://evil.example, HTTPS://evil.example and x+y://z.")
    assert time.process_time() - began < 2
