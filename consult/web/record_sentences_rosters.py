"""What do the record's entries about roles, rosters, access and mechanisms say?"""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext

from consult.core import terms
from consult.web.labels import label
from consult.web.locale import language_name, spoken

Facts = Mapping[str, Any]
ERASED = "hmac-sha256:"


def _words(facts: Facts, name: str) -> str:
    words = str(facts[name])
    return gettext("(these words were erased)") if words.startswith(ERASED) else words


def _role(facts: Facts) -> str:
    kind = label(terms.RoleKind(facts["kind"]))
    if not facts.get("language"):
        return kind
    return gettext(
        "%(role)s, into %(language)s", role=kind, language=language_name(facts["language"], spoken())
    )


def _role_given(facts: Facts) -> str:
    return gettext("%(person)s became %(role)s.", person=facts["person"], role=_role(facts))


def _role_ended(facts: Facts) -> str:
    return gettext("%(person)s is no longer %(role)s.", person=facts["person"], role=_role(facts))


def _interest(facts: Facts) -> str:
    if "words" not in facts:
        return gettext("%(person)s declared no conflict of interest.", person=facts["person"])
    return gettext(
        "%(person)s declared interests: %(words)s", person=facts["person"], words=_words(facts, "words")
    )


def _part(facts: Facts) -> str:
    return label(terms.PartyRole(facts["role"]))


def _changed(facts: Facts) -> str:
    return gettext(
        "%(organisation)s has another part on the roster: %(part)s.",
        organisation=facts["organisation"],
        part=_part(facts),
    )


def _removed(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was removed from the roster. Reason: %(reason)s",
        organisation=facts["organisation"],
        reason=_words(facts, "reason"),
    )


def _merged(facts: Facts) -> str:
    return gettext(
        "%(organisation)s was merged into %(into)s, which takes its place on the roster.",
        organisation=facts["organisation"],
        into=facts["into"],
    )


def _access(facts: Facts) -> str:
    track = label(terms.Track(facts["track"]))
    if facts["is_restricted"]:
        return gettext("It was chosen who may read and speak: %(track)s, the parties only.", track=track)
    return gettext("It was chosen who may read and speak: %(track)s, for everybody to read.", track=track)


def _opened(facts: Facts) -> str:
    return gettext(
        "The consultation was opened to all readers. Reason: %(reason)s", reason=_words(facts, "reason")
    )


def _convened(facts: Facts) -> str:
    return gettext("The consultation is held under %(mechanism)s.", mechanism=facts["mechanism"])


def _named(facts: Facts) -> str:
    return gettext("The mechanism %(mechanism)s was named.", mechanism=facts["mechanism"])


def _renamed(facts: Facts) -> str:
    return gettext(
        "The mechanism %(was)s is now called %(mechanism)s.", was=facts["was"], mechanism=facts["mechanism"]
    )


def _joined(facts: Facts) -> str:
    return gettext(
        "%(organisation)s became a member of %(mechanism)s.",
        organisation=facts["organisation"],
        mechanism=facts["mechanism"],
    )


def _left(facts: Facts) -> str:
    return gettext(
        "%(organisation)s is no longer a member of %(mechanism)s.",
        organisation=facts["organisation"],
        mechanism=facts["mechanism"],
    )


SENTENCES: dict[str, Callable[[Facts], str]] = {
    "role.given": _role_given,
    "role.ended": _role_ended,
    "interest.declared": _interest,
    "party.changed": _changed,
    "party.removed": _removed,
    "party.merged": _merged,
    "consultation.access_chosen": _access,
    "consultation.opened": _opened,
    "consultation.convened": _convened,
    "mechanism.named": _named,
    "mechanism.renamed": _renamed,
    "mechanism.joined": _joined,
    "mechanism.left": _left,
}
