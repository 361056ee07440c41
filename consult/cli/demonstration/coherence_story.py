"""Does what the story tells fit together? Refuses an act that lacks something, a name that stands for nothing,
a paper that nobody wrote, and what could be taken for real.
"""

from collections.abc import Iterator, Mapping

from consult.cli.demonstration.shapes import Demonstration, Event, Organisation

NEEDS: Mapping[str, frozenset[str]] = {
    "add": frozenset({"organisation", "reason"}),
    "propose": frozenset({"organisation", "words"}),
    "enter": frozenset({"organisation", "answer"}),
    "decline": frozenset({"organisation", "answer"}),
    "rename": frozenset({"organisation", "reason"}),
    "merge": frozenset({"organisation", "into", "reason"}),
    "mechanism": frozenset({"name", "members"}),
    "seat": frozenset({"person", "organisation", "seat"}),
    "invite": frozenset({"organisation", "seat", "words"}),
    "accept": frozenset({"person"}),
    "refuse_invitation": frozenset({"email"}),
    "request": frozenset({"organisation", "words"}),
    "appoint": frozenset({"person", "role"}),
    "interest": frozenset({"words"}),
    "roster": frozenset({"organisations"}),
    "remind": frozenset({"organisations"}),
    "talks": frozenset({"talks"}),
    "publish": frozenset({"talks"}),
    "letters_begin": frozenset(),
    "write": frozenset({"paper", "stance", "category", "language", "reasons"}),
    "verify": frozenset({"paper"}),
    "return": frozenset({"paper", "words"}),
    "change": frozenset({"paper"}),
    "submit": frozenset({"paper"}),
    "ask": frozenset({"paper", "organisation", "words"}),
    "clear": frozenset({"paper"}),
    "deadline": frozenset({"within"}),
    "remark": frozenset({"words"}),
    "say": frozenset({"talks", "clause", "stance", "category", "language", "reasons"}),
}
BY_LINK = {"accept", "refuse_invitation", "letters_begin"}  # no account acts


def faults_of_story(whole: Demonstration) -> Iterator[str]:
    """Every fault of the story and of those of whom it tells."""
    yield from _of_names(whole)
    yield from _of_talks(whole)
    times = [event.ago for event in whole.story]
    if times != sorted(times, reverse=True):
        yield "the story is not told in the order of time"
    written = {paper.key for paper in whole.second_round.papers}
    for event in whole.story:
        if event.act == "write" and "paper" in event.facts:
            written.add(event.facts["paper"])
        yield from (f"{event.act}: {fault}" for fault in _of_event(whole, event, written))


def _of_event(whole: Demonstration, event: Event, written: set[str]) -> Iterator[str]:
    if event.act not in NEEDS:
        yield "there is no such act"
        return
    lacking = sorted(NEEDS[event.act] - event.facts.keys())
    if lacking:
        yield f"it lacks {', '.join(lacking)}"
    people = {each.key for each in (*whole.people, *whole.later_people)}
    if (event.by in people) == (event.act in BY_LINK):
        yield f"{event.by} cannot do it"
    if event.facts.get("person", event.by or "chair") not in people:
        yield f"{event.facts.get('person')} is nobody"
    organisations = {each.key for each in (*whole.organisations, *whole.newcomers)}
    yield from (f"{key} is no organisation" for key in _organisations(event) if key not in organisations)
    if event.facts.get("paper") not in (None, *written):
        yield f"nobody has written {event.facts['paper']}"
    if event.facts.get("talks") not in (None, *whole.talks):
        yield f"there are no talks {event.facts['talks']}"


def _organisations(event: Event) -> list[str]:
    one = [event.facts[name] for name in ("organisation", "into") if name in event.facts]
    return [*one, *event.facts.get("organisations", ()), *event.facts.get("members", ())]


def _of_names(whole: Demonstration) -> Iterator[str]:
    for each in (*whole.organisations, *whole.newcomers):
        yield from (f"{each.key}: {fault}" for fault in _of_organisation(each))
    everybody = [*whole.people, *whole.later_people]
    emails = [each.email for each in everybody]
    yield from (f"{email} is given twice" for email in set(emails) if emails.count(email) > 1)
    circles = [event.facts.get("name", "") for event in whole.story if event.act == "mechanism"]
    yield from (f"{name} does not say that it is invented" for name in circles if "(fictional)" not in name)


def _of_organisation(each: Organisation) -> Iterator[str]:
    if not each.name.endswith("(fictional)"):
        yield "it does not say that it is invented"
    if each.website and not each.website.removesuffix("/").endswith(".example"):
        yield "its website could be somebody’s"
    if len(each.about) == 1:
        yield "it describes itself in one language only"
    if "en" in each.own_name:
        yield "its English name stands twice"


def _of_talks(whole: Demonstration) -> Iterator[str]:
    named = {event.facts.get("name"): event.facts.get("members") for event in whole.story}
    for talks in whole.talks.values():
        if not set(talks.languages) == talks.title.keys() == talks.summary.keys():
            yield f"{talks.key}: its title or its summary lacks a language"
        if talks.mechanism and named.get(talks.mechanism) != list(talks.parties):
            yield f"{talks.key}: its parties are not the members of its mechanism"
