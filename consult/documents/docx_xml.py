"""How is a piece of WordprocessingML written down? With an element of a name, attributes and children."""

from datetime import UTC, datetime

from lxml import etree

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def named(name: str) -> str:
    space, _, local = name.partition(":")
    return f"{{{SPACES[space]}}}{local}"


def el(
    name: str, *children: "etree._Element | None", text: str = "", **attributes: object
) -> "etree._Element":
    """`el("w:ind", w_left=720)`; children and attributes that are None stay away."""
    element = etree.Element(
        named(name),
        {
            named(key.replace("_", ":", 1)): str(value)
            for key, value in attributes.items()
            if value is not None
        },
        SPACES,
    )
    element.extend([child for child in children if child is not None])
    if text:
        element.text = text
        if text != text.strip() or "  " in text:
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element


def instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def written(root: "etree._Element") -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
