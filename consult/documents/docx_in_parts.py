"""Which XML stands in which part of a Word file, and how are its elements asked for?

Strict and transitional OOXML differ in their namespaces only, so the strict ones are turned into the others before
parsing. All names asked for here are Word's own, without their namespace.
"""

import posixpath
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from consult.documents.guard import Package, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TRANSITIONAL = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
OFF = {"0", "false", "off", "none", "no"}


class Parts:
    """The parts of one file, parsed when asked for."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = self._main()
        self.folder = posixpath.dirname(self.main)
        self.related = self._relations(self.main)

    def tree(self, name: str) -> etree._Element | None:
        content = self.package.parts.get(name)
        if content is None:
            return None
        for strict, transitional in TRANSITIONAL:
            content = content.replace(strict, transitional)
        return parsed(content)

    def of_kind(self, kind: str) -> etree._Element | None:
        """The part that the text calls its `styles`, `numbering`, `footnotes`, …, wherever it is kept."""
        for type_, target, is_external in self.related.values():
            if type_.endswith(f"/{kind}") and not is_external:
                return self.tree(posixpath.normpath(posixpath.join("/", self.folder, target))[1:])
        return self.tree(posixpath.join(self.folder, f"{kind}.xml"))

    def link(self, relation: str) -> str:
        """The web address behind a hyperlink; empty for anything else."""
        _, target, is_external = self.related.get(relation, ("", "", False))
        return target if is_external and target.lower().startswith(("http://", "https://")) else ""

    @property
    def has_template(self) -> bool:
        settings = self._relations(posixpath.join(self.folder, "settings.xml"))
        return any(type_.endswith("/attachedTemplate") for type_, _, _ in settings.values())

    def _main(self) -> str:
        for type_, target, is_external in self._relations("").values():
            if type_.endswith("/officeDocument") and not is_external:
                name = target.lstrip("/")
                if name in self.package.parts:
                    return name
        if "word/document.xml" in self.package.parts:
            return "word/document.xml"
        raise Unreadable()

    def _relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        folder, name = posixpath.split(part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            each.get("Id", ""): (
                each.get("Type", ""),
                each.get("Target", ""),
                each.get("TargetMode") == "External",
            )
            for each in (() if tree is None else tree)
        }


def parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable() from None


def local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if element is None else element.iterfind(W + name)


def choice(element: etree._Element) -> Iterator[etree._Element]:
    """Of an AlternateContent, the first choice: the others say the same again for older programs."""
    return islice(element, 1)


def value(element: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of the element at the end of the path."""
    found = child(element, *path)
    return None if found is None else found.get(W + "val")


def number(text: str | None) -> int | None:
    try:
        return None if text is None else int(float(text))
    except (ValueError, OverflowError):
        return None


def is_on(element: etree._Element | None, *path: str) -> bool | None:
    """A toggle such as bold: None where nothing is said."""
    found = child(element, *path)
    return None if found is None else (found.get(W + "val") or "1").lower() not in OFF
