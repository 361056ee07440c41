"""What does the interface say inside a document? Its labels, in the document's language."""

from babel.dates import format_date
from flask_babel import force_locale, gettext

from consult.core.terms import TranslationState
from consult.documents.publication import Labels
from consult.documents.reads_publication import Wording
from consult.drafts.reads import Consulted, DraftLine
from consult.web.labels import draft_label, label
from consult.web.locale import day_pattern, interface_language, language_name


def wording_in(
    language: str, consulted: Consulted, draft: DraftLine, before: DraftLine | None, address: str
) -> Wording:
    """All of it; a language that the interface does not speak gets English words around its own text."""
    with force_locale(interface_language(language)):
        previous = draft_label(before.kind, before.ordinal) if before else None
        return Wording(
            labels=_labels(language, consulted, draft, previous),
            draft_label=draft_label(draft.kind, draft.ordinal),
            previous_label=previous,
            status_line=_status(language, consulted),
            address=address,
            author=gettext("Moderators of the consultation"),
        )


def _status(language: str, consulted: Consulted) -> str:
    if language.split("-")[0] == consulted.source_language.split("-")[0]:
        return gettext("This is the source text. It is under negotiation and binds nobody.")
    return gettext(
        "This is a translation. The source text decides; it is under negotiation and binds nobody."
    )


def _labels(language: str, consulted: Consulted, draft: DraftLine, previous: str | None) -> Labels:
    spoken = interface_language(language)
    day = format_date(draft.published_at, day_pattern(spoken), locale=spoken) if draft.published_at else ""
    return Labels(
        contents=gettext("Contents"),
        page=gettext("Page {page} of {pages}"),
        dated=gettext("Published on %(day)s", day=day),
        compared=gettext("Changes are shown against: %(draft)s", draft=previous) if previous else "",
        inserted=gettext("inserted words"),
        deleted=gettext("deleted words"),
        brackets=gettext("Words in [square brackets] are not agreed."),
        because=gettext("Answers {comments}"),
        note=gettext("Footnote {number}"),
        source_shown=gettext("Not translated yet; shown in {language}."),
        outdated=gettext("The source has changed since this was translated."),
        translation={state: label(state) for state in TranslationState},
        language_names={
            tag: language_name(tag, spoken) for tag in (*consulted.offered, consulted.source_language)
        },
    )
