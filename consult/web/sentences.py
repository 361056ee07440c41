"""How is a refusal said to a person? Looked up by its type; the words stand beside the type."""

from flask_babel import gettext

from consult.refusals import SENTENCES, NotThere, Refusal, sentence


def said_no(no: Refusal) -> str:
    """The sentence of this refusal, in the reader's language."""
    for kind in type(no).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](no)
    raise LookupError(f"no sentence is registered for {type(no).__name__}")


@sentence(NotThere)
def not_there(_no: NotThere) -> str:
    return gettext("There is nothing here, or it is not open to you.")
