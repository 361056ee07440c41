"""Names, addresses and files: what is the same, what is shown, and what is let in."""

import io
import zipfile

import pytest

from consult.organisations.folding import folded, sought, tidy
from consult.organisations.letterheads import WORD, media_type
from consult.organisations.slugs import RESERVED, a_slug
from consult.organisations.tags import language_tag, languages
from consult.organisations.websites import NotAWebsite, same_site, shown_host, website


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministère de l’Économie", "MINISTERE DE L'ECONOMIE"),
        ("الأمانة العامّة", "الامانه العامة"),
        ("وزارة العدل", "وزارهٔ العدل"),
        ("مؤسسة الى", "موسسه الي"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("한국", "한국"),  # letters composed and in parts
        ("ＡＩ研究院", "AI研究院"),
    ],
)
def test_names_that_are_spelled_alike_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_vowels_that_are_letters_of_their_script_stay() -> None:
    assert folded("हिन्दी") != folded("हन्द")
    assert folded("กุ้ง") != folded("กง")


def test_the_arabic_article_is_not_asked_for() -> None:
    assert sought("الصحة") == (folded("صحة"),)
    assert sought("الله")[0]


def test_nothing_unseen_turns_a_name_around() -> None:
    assert tidy("Kenya\u202e \n Evil\u0000") == "Kenya Evil"
    assert "\u200c" in tidy("طرفه\u200cای")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.org", "https://example.org"),
        ("http://www.Example.org/about?x=1#here", "http://www.example.org/about?x=1"),
        ("https://пример.рф", "https://пример.рф"),
        ("https://example.org:8443/", "https://example.org:8443/"),
    ],
)
def test_a_website_is_kept_in_full(typed: str, kept: str) -> None:
    assert website(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://example.org",
            "https://a:b@example.org",
            "localhost",
        ),
        *(
            "https://127.0.0.1",
            "https://[::1]/",
            "https://exa mple.org",
            "https://example..org",
            "https://a\\b.org",
        ),
        *("//", "https://", "https://example.org:port", "https://-a.org", "x" * 400 + ".org"),
    ],
)
def test_nothing_else_is_a_website(typed: str) -> None:
    with pytest.raises(NotAWebsite):
        website(typed)


def test_a_host_that_mixes_scripts_is_shown_as_the_net_knows_it() -> None:
    assert shown_host("https://аррӏе.com") == "xn--80ak6aa92e.com"
    assert shown_host("https://www.пример.рф/x") == "пример.рф"
    assert shown_host("https://www.example.org") == "example.org"
    assert same_site("http://www.example.org/a") == same_site("https://example.org")
    assert same_site("") == ""


def test_a_language_is_named_by_tag_or_by_name() -> None:
    assert language_tag("ZH-hans", "en") == "zh-Hans"
    assert language_tag("sr_latn_rs", "en") == "sr-Latn-RS"
    assert (
        language_tag("Kiswahili", "en")
        == language_tag("Swahili", "en")
        == language_tag("swahili", "fr")
        == "sw"
    )
    assert language_tag("الفرنسية", "ar") == "fr"
    assert language_tag("nonsense", "en") is language_tag("x" * 50, "en") is language_tag("<b>", "en") is None
    assert ("sw", "Swahili") in languages("en") and len(languages("en")) > 150


def test_a_slug_is_a_names_latin_words_or_a_token_and_never_a_pages_word() -> None:
    assert a_slug(["وزارة", "Ministère de l'Économie"], lambda _: False) == "ministere-de-l-economie"
    assert a_slug(["وزارة", "中国 AI 研究院"], lambda _: False).startswith("o-")
    assert a_slug(["Kenya"], {"kenya", "kenya-2"}.__contains__) == "kenya-3"
    for word in RESERVED:
        assert a_slug([word], lambda _: False) != word


def a_word_file(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return content.getvalue()


def test_a_file_is_what_its_bytes_say() -> None:
    assert media_type(b"%PDF-1.7 ...") == "application/pdf"
    assert media_type(b"\x89PNG\r\n\x1a\nrest") == "image/png"
    assert media_type(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert media_type(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    assert media_type(a_word_file("[Content_Types].xml", "word/document.xml")) == WORD
    for other in (
        *(b"", b"<html><script>alert(1)</script>", b"GIF89a", b"MZ\x90", b"PK\x03\x04broken", b" %PDF-"),
        *(a_word_file("x.txt"), a_word_file("word/document.xml", "word/vbaProject.bin")),
    ):
        assert media_type(other) is None
