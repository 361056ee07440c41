"""How is it told what was noticed in a file? One sentence for each kind of thing."""

from flask_babel import gettext, ngettext

from consult.documents import outline as noticed


def sentence_of(found: noticed.Warning_) -> str:
    """What was noticed, in the reader's language."""
    match found:
        case noticed.GapInNumbers(after, before):
            return gettext(
                "After %(after)s comes %(before)s: what is numbered between them is not in the text.",
                after=after,
                before=before,
            )
        case noticed.DuplicateNumber(number, count):
            return gettext("The number %(number)s stands %(count)d times.", number=number, count=count)
        case noticed.FilesOrdered(names):
            return gettext(
                "The files were put in the order of their numbers: %(names)s.", names=", ".join(names)
            )
        case noticed.PrefaceIgnored(words):
            return gettext("Left out, as it is about the file: %(words)s", words=words[:200])
        case noticed.NoteWithoutPlace(number):
            return gettext("Footnote %(number)s and its place in the text do not meet.", number=number)
        case noticed.TemplateIgnored():
            return gettext("The file names a template elsewhere. It was not followed.")
        case _:
            return _counted(found)


def _counted(found: noticed.Warning_) -> str:
    count = getattr(found, "count", 0)
    match found:
        case noticed.TrackedChangesFound():
            return ngettext(
                "One tracked change was read as accepted.",
                "%(num)d tracked changes were read as accepted.",
                count,
            )
        case noticed.CommentsFound():
            return ngettext(
                "One comment in the file was left out.", "%(num)d comments in the file were left out.", count
            )
        case noticed.EmbeddedIgnored():
            return ngettext(
                "One embedded object was left out.", "%(num)d embedded objects were left out.", count
            )
        case noticed.PicturesIgnored():
            return ngettext("One picture was left out.", "%(num)d pictures were left out.", count)
        case noticed.HiddenTextIgnored():
            return ngettext(
                "One hidden passage was left out.", "%(num)d hidden passages were left out.", count
            )
        case noticed.ContentsIgnored():
            return ngettext(
                "A table of contents was left out.",
                "%(num)d lines of a table of contents were left out.",
                count,
            )
        case _:
            return ngettext(
                "One page number or running head was left out.",
                "%(num)d page numbers and running heads were left out.",
                count,
            )
