"""From a publication to a Word file: clean, or with every change against the draft before as a tracked one."""

from collections.abc import Iterator

from lxml import etree

from consult.documents import docx_parts
from consult.documents.composition import ComposedClause, Composition, compose
from consult.documents.docx_clauses import bookmark, clause_elements, hand_of, note_paragraphs, paragraph
from consult.documents.docx_redline import Citation, Parts, plain_runs
from consult.documents.docx_styles import styles, tongue
from consult.documents.docx_tails import kept_apart
from consult.documents.docx_xml import el, written
from consult.documents.publication import Publication
from consult.documents.redlines import MarkedBlock

CONTENTS_LEVELS = 3


def write(publication: Publication, *, tracked: bool) -> bytes:
    composed = compose(publication, tracked=tracked)
    parts = Parts(own_marks=composed.own_marks())
    body = el("w:body", *_front(composed), *_contents(composed))
    for clause in kept_apart(composed.clauses):
        body.extend(clause_elements(clause, publication, parts))
    body.extend([_end(publication), _page(publication)])
    notes = [_footnote(citation, composed, parts) for citation in list(parts.citations)]
    return docx_parts.package(
        {
            "[Content_Types].xml": docx_parts.content_types(),
            "_rels/.rels": docx_parts.package_relations(),
            "docProps/core.xml": written(docx_parts.core_properties(publication)),
            "word/document.xml": written(el("w:document", body)),
            "word/_rels/document.xml.rels": docx_parts.document_relations(parts.links),
            "word/styles.xml": written(styles(publication.language)),
            "word/numbering.xml": written(docx_parts.numbering()),
            "word/settings.xml": written(docx_parts.settings(publication, is_tracked=composed.has_changes)),
            "word/footnotes.xml": written(docx_parts.footnotes(notes)),
            "word/comments.xml": written(el("w:comments", *parts.comments)),
            "word/header.xml": written(docx_parts.header(publication)),
            "word/footer.xml": written(docx_parts.footer(publication)),
        }
    )


def _front(composed: Composition) -> Iterator["etree._Element"]:
    publication, spoken = composed.publication, tongue(composed.publication.language)
    yield paragraph("Title", spoken, plain_runs(publication.title, spoken))
    yield paragraph("Subtitle", spoken, plain_runs(publication.draft_label, spoken))
    remarks = [publication.status_line, publication.labels.dated, *composed.preface]
    if composed.has_changes:
        remarks.append(publication.labels.compared)
    for remark in filter(None, remarks):
        yield paragraph("Remark", spoken, plain_runs(remark, spoken))


def _contents(composed: Composition) -> Iterator["etree._Element"]:
    """A field that Word can renew; until then it shows the headings of the new draft, each leading to its clause."""
    listed = [(clause, block) for clause in composed.clauses for block in clause.blocks if _is_listed(block)]
    if len(listed) < 3:
        return
    spoken = tongue(composed.publication.language)
    yield paragraph("TOCHeading", spoken, plain_runs(composed.publication.labels.contents, spoken))
    instruction = el("w:instrText", text=f' TOC \\o "1-{CONTENTS_LEVELS}" \\n \\h \\z \\u ')
    opening = [el("w:r", part) for part in (_field("begin"), instruction, _field("separate"))]
    for place, (clause, block) in enumerate(listed):
        line = paragraph(f"TOC{block.level}", spoken, opening if place == 0 else ())
        line.append(_entry(clause, block))
        if place == len(listed) - 1:
            line.append(el("w:r", _field("end")))
        yield line


def _is_listed(block: MarkedBlock) -> bool:
    return block.kind == "heading" and block.change != "delete" and block.level <= CONTENTS_LEVELS


def _field(kind: str) -> "etree._Element":
    return el("w:fldChar", w_fldCharType=kind)


def _entry(clause: ComposedClause, block: MarkedBlock) -> "etree._Element":
    label, words = (
        "".join(piece.text for piece in pieces if piece.change != "delete")
        for pieces in (block.label, block.pieces)
    )
    said = plain_runs("  ".join(filter(None, (label, words))), tongue(clause.clause.language))
    return el("w:hyperlink", *said, w_anchor=bookmark(clause.clause), w_history=1)


def _end(publication: Publication) -> "etree._Element":
    """An untracked last line: Word cannot take away the last paragraph of a file, were it a deleted one."""
    spoken = tongue("en")  # an address
    return paragraph("Remark", spoken, plain_runs(publication.consultation_address, spoken))


def _page(publication: Publication) -> "etree._Element":
    a4 = el("w:pgSz", w_w=11906, w_h=16838)
    room = el(
        "w:pgMar",
        w_top=1418,
        w_right=1418,
        w_bottom=1304,
        w_left=1418,
        w_header=680,
        w_footer=624,
        w_gutter=0,
    )
    return el(
        "w:sectPr",
        el("w:headerReference", w_type="default", r_id="rId_header"),
        el("w:footerReference", w_type="default", r_id="rId_footer"),
        el("w:footerReference", w_type="first", r_id="rId_footer"),
        a4,
        room,
        el("w:titlePg"),
        el("w:bidi") if tongue(publication.language).is_rtl else None,
    )


def _footnote(citation: Citation, composed: Composition, parts: Parts) -> "etree._Element":
    note = composed.notes[citation.key]
    hand = hand_of(note.clause, composed.publication)
    lines = list(note_paragraphs(note.cited(citation.change), hand, parts))
    lines = lines or [paragraph("FootnoteText", hand.tongue, ())]
    look = el("w:rPr", el("w:rStyle", w_val="FootnoteReference"))
    own = parts.own_marks.get(citation.key, "")
    sign = el("w:t", text=own) if own else el("w:footnoteRef")
    lines[0].insert(1, el("w:r", look, sign))
    lines[0].insert(2, el("w:r", el("w:t", text=" ")))
    return el("w:footnote", *lines, w_id=citation.number)
