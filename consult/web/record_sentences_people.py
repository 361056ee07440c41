"""What do the record's entries about people, organisations and rosters say?"""

from collections.abc import Callable, Mapping
from typing import Any

from babel.lists import format_list
from flask_babel import gettext

from consult.web.locale import spoken
from consult.web.record_sentences_organisations import SENTENCES as OF_ORGANISATIONS
from consult.web.record_sentences_rosters import SENTENCES as OF_ROSTERS

Facts = Mapping[str, Any]

SENTENCES: dict[str, Callable[[Facts], str]] = {**OF_ORGANISATIONS, **OF_ROSTERS}
"""By act; `record_sentences` takes them up."""


def _left(facts: Facts) -> str:
    return gettext(
        "%(person)s left. The name, the e-mail address and everything else that was held of this person are erased; "
        "the pseudonym stays.",
        person=facts["person"],
    )


def _name_withdrawn(facts: Facts) -> str:
    return gettext("The author of #%(number)d no longer publishes a name with it.", number=facts["number"])


def _redacted(facts: Facts) -> str:
    reason = str(facts["reason"])
    if reason.startswith("hmac-sha256:"):
        reason = gettext("(these words were erased)")
    if not facts["of"]:
        return gettext("Words were taken out; their hash stays. Reason: %(reason)s", reason=reason)
    return gettext(
        "Words of %(comment)s were taken out; their hash stays. Reason: %(reason)s",
        comment=facts["of"],
        reason=reason,
    )


def _joined(facts: Facts) -> str:
    return gettext(
        "#%(number)d was submitted jointly with %(organisations)s.",
        number=facts["number"],
        organisations=format_list([str(one) for one in facts["organisations"]], locale=spoken()),
    )


def _stepped_back(facts: Facts) -> str:
    return gettext(
        "%(organisation)s no longer co-sponsors #%(number)d; its position there ended.",
        organisation=facts["organisation"],
        number=facts["number"],
    )


SENTENCES["comment.joined"] = _joined
SENTENCES["co_sponsor.ended"] = _stepped_back


def _name_changed(_facts: Facts) -> str:
    return gettext("Somebody whose name is published here changed it.")


SENTENCES["person.left"] = _left
SENTENCES["name.changed"] = _name_changed
SENTENCES["comment.name_withdrawn"] = _name_withdrawn
SENTENCES["text.redacted"] = _redacted
