"""Terms, privacy notice, accessibility and contact: our words, or the operator's from a folder, safe and in a language."""

from pathlib import Path

import pytest
from flask import Flask

from consult.cli.settings import settings
from consult.web.site_pages import rendered, written
from tests.conftest import Client

PAGES = {
    "terms": "terms",
    "privacy-notice": "privacy",
    "accessibility": "accessibility",
    "contact": "contact",
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "ar", "zh", "fr"])
def test_each_page_has_words_of_its_own_and_the_footer_leads_to_it(
    client: Client, page: str, language: str
) -> None:
    answer = client.get(f"/{language}/{page}")
    assert answer.status_code == 200 and "<h1>" in answer.text
    assert f'href="/{language}/{page}"' in client.get(f"/{language}/").text


@pytest.mark.parametrize("page", PAGES)
def test_a_file_takes_a_pages_place_in_its_language(
    app: Flask, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setitem(app.config, "PAGES_FOLDER", str(tmp_path))
    (tmp_path / f"{PAGES[page]}.fr.md").write_text("# Notre page\n\nÉcrite **ici**.", encoding="utf-8")
    assert "<h1>Notre page</h1>" in client.get(f"/fr/{page}").text
    arabic = client.get(f"/ar/{page}").text
    assert 'lang="fr" dir="ltr"' in arabic and "Notre page" in arabic and '<p class="note">' in arabic
    (tmp_path / f"{PAGES[page]}.en.md").write_text("Ours.", encoding="utf-8")
    assert "Ours." in client.get(f"/ar/{page}").text


def test_what_a_file_holds_does_nothing_but_show_itself() -> None:
    shown = rendered(
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) [b](https://example.org) "
        "[c](mailto:us@example.org) <b onclick=x>bold</b> ![i](https://example.org/i.png)\n\n## Head"
    )
    assert "<script" not in shown and "javascript:" not in shown.replace("[a](javascript:alert(1))", "")
    assert "<b " not in shown and "<img" not in shown
    assert (
        'href="https://example.org"' in shown and 'href="mailto:us@example.org"' in shown and "<h2>" in shown
    )


def test_other_files_and_other_folders_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "terms.md").write_text("x")
    (tmp_path / "terms.en.old.md").write_text("x")
    assert written(str(tmp_path), "terms", "en") is None
    assert written("", "terms", "en") is None
    assert written(str(tmp_path / "nowhere"), "terms", "en") is None


def test_name_contact_and_source_are_shown_and_all_settings_listed(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (
        ("SITE_NAME", "Talks"),
        ("CONTACT", "us@example.org"),
        ("SOURCE_LINK", "https://example.org/s"),
    ):
        monkeypatch.setitem(app.config, name, value)
    contact = client.get("/en/contact").text
    assert "mailto:us@example.org" in contact and "https://example.org/s" in contact and "Talks" in contact
    told = app.test_cli_runner().invoke(settings).output
    assert all(name in told for name in ("PAGES_FOLDER", "SITE_NAME", "CONTACT", "SOURCE_LINK"))
