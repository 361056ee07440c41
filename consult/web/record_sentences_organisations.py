"""What do the record's entries about an organisation's name, place and state say?"""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext

from consult.core.terms import StakeholderGroup
from consult.web.labels import label
from consult.web.locale import country_name, language_name, spoken

Facts = Mapping[str, Any]
ERASED = "hmac-sha256:"


def _reason(facts: Facts) -> str:
    words = str(facts["reason"])
    return gettext("(these words were erased)") if words.startswith(ERASED) else words


def _renamed(facts: Facts) -> str:
    if facts["was"] == facts["organisation"]:
        return gettext(
            "The own name of %(organisation)s was said to be in %(language)s. Reason: %(reason)s",
            organisation=facts["organisation"],
            language=language_name(facts["language"], spoken()),
            reason=_reason(facts),
        )
    return gettext(
        "%(was)s was renamed %(organisation)s. Reason: %(reason)s",
        was=facts["was"],
        organisation=facts["organisation"],
        reason=_reason(facts),
    )


def _described(facts: Facts) -> str:
    language = language_name(facts["language"], spoken())
    if not facts["name"]:
        return gettext(
            "%(organisation)s changed its description in %(language)s.",
            organisation=facts["organisation"],
            language=language,
        )
    return gettext(
        "%(organisation)s is called %(name)s in %(language)s.",
        organisation=facts["organisation"],
        name=facts["name"],
        language=language,
    )


def _website_chosen(facts: Facts) -> str:
    if not facts["website"]:
        return gettext("%(organisation)s no longer names a website.", organisation=facts["organisation"])
    return gettext(
        "%(organisation)s named its website: %(website)s",
        organisation=facts["organisation"],
        website=facts["website"],
    )


def _placed(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was placed under %(group)s, %(country)s; before: %(was_group)s, %(was_country)s. "
        "Reason: %(reason)s",
        organisation=facts["organisation"],
        group=label(StakeholderGroup(facts["group"])),
        country=country_name(facts["country"]),
        was_group=label(StakeholderGroup(facts["was_group"])),
        was_country=country_name(facts["was_country"]),
        reason=_reason(facts),
    )


def _merged(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was merged into %(into)s; its own positions are shown apart. Reason: %(reason)s",
        organisation=facts["organisation"],
        into=facts["into"],
        reason=_reason(facts),
    )


def _disabled(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was taken out of the list; what it said stays. Reason: %(reason)s",
        organisation=facts["organisation"],
        reason=_reason(facts),
    )


def _restored(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was put back into the list, not accredited. Reason: %(reason)s",
        organisation=facts["organisation"],
        reason=_reason(facts),
    )


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "organisation.renamed": _renamed,
    "organisation.described": _described,
    "organisation.website_chosen": _website_chosen,
    "organisation.placed": _placed,
    "organisation.merged": _merged,
    "organisation.disabled": _disabled,
    "organisation.restored": _restored,
}
