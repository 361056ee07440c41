"""What do the terms, the privacy notice and their like say on this site? A file of its own, if there is one, else ours."""

from dataclasses import dataclass
from pathlib import Path

import nh3
from flask import current_app, render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from consult.core.languages import direction
from consult.web.locale import spoken

MOST_BYTES = 300_000
MARKDOWN = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable("image")
TAGS = set("p h1 h2 h3 h4 em strong ol ul li table thead tbody tr th td a code br blockquote hr pre".split())
SCHEMES = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page that this site's operator wrote, in the language that it was found in."""

    title: str
    words: Markup
    language: str
    direction: str
    is_wanted: bool


def shown(name: str, template: str) -> str:
    """The page of this name: the operator's in the reader's language or the nearest there is, else the default."""
    found = written(current_app.config["PAGES_FOLDER"], name, spoken())
    if found is None:
        return render_template(template, page={})
    return render_template("drafts/site_page.html", page=found)


def written(folder: str, name: str, language: str) -> SitePage | None:
    """What stands in the folder for this page: in this language, else in English, else in the first there is."""
    place = Path(folder) if folder else None
    if place is None or not place.is_dir():
        return None
    there = {
        file.suffixes[0][1:]: file for file in sorted(place.glob(f"{name}.*.md")) if len(file.suffixes) == 2
    }
    if not there:
        return None
    tag = next((one for one in (language, "en") if one in there), next(iter(there)))
    text = there[tag].read_bytes()[:MOST_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    title, body = _parted(text)
    return SitePage(title, rendered(body), tag, direction(tag), tag == language)


def rendered(text: str) -> Markup:
    """Markdown as HTML; raw HTML in it is text, and links lead to the web or to an e-mail address only."""
    html = nh3.clean(
        MARKDOWN.render(text),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="nofollow noopener",
    )
    return Markup(html)  # noqa: S704 (cleaned just above)


def _parted(text: str) -> tuple[str, str]:
    """The first heading, which becomes the page's, and what is below it."""
    lines = text.lstrip().split("\n")
    if lines and lines[0].startswith("# "):
        return lines[0][2:].strip(), "\n".join(lines[1:])
    return "", text
