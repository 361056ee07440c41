"""Is what the demonstration tells beside its rounds as rich as it claims, and does it fit together?"""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from consult.cli.demonstration.coherence import Incoherent, check
from consult.cli.demonstration.coherence_story import NEEDS
from consult.cli.demonstration.content import LANGUAGES, demonstration
from consult.cli.demonstration.shapes import Demonstration, Event
from consult.cli.demonstration.story import ACTS
from consult.core.terms import SeatKind, Track


@pytest.fixture
def whole() -> Demonstration:
    return demonstration()


def told(whole: Demonstration, act: str) -> list[Event]:
    return [event for event in whole.story if event.act == act]


def with_event(whole: Demonstration, act: str, **other: Any) -> Demonstration:
    """The demonstration with something else in the first event of a kind."""
    first = told(whole, act)[0]
    changed = replace(first, facts={**first.facts, **other})
    return replace(whole, story=tuple(changed if event is first else event for event in whole.story))


def test_every_act_can_be_played_and_checked() -> None:
    assert set(ACTS) == set(NEEDS)
    assert {event.act for event in demonstration().story} == set(NEEDS)


def test_every_organisation_has_a_name_in_each_language_of_the_interface(whole: Demonstration) -> None:
    for each in whole.organisations:
        assert {"en", *each.own_name} >= set(LANGUAGES), each.key
        assert each.website.endswith(".example")


def test_half_of_the_organisations_describe_themselves_in_two_languages(whole: Demonstration) -> None:
    described = [each for each in whole.organisations if each.about]
    assert 6 <= len(described) < len(whole.organisations)
    assert all(len(each.about) == 2 for each in described)


def test_organisations_come_and_go_in_every_way(whole: Demonstration) -> None:
    acts = Counter(event.act for event in whole.story)
    assert (acts["rename"], acts["merge"], acts["propose"], acts["enter"], acts["decline"]) == (1, 1, 3, 1, 1)
    accredited = {event.facts["organisation"] for event in told(whole, "add")}
    spoken = {event.facts["paper"].split("/")[1] for event in told(whole, "submit")}
    assert "harbour" in spoken - accredited


def test_marava_has_everything_that_a_delegation_can_have(whole: Demonstration) -> None:
    seats = [event.facts["seat"] for event in told(whole, "invite")]
    assert sorted(seats) == ["acting_head", "contributor", "deputy"]
    assert len(told(whole, "accept")) == len(told(whole, "refuse_invitation")) == 1
    assert "marava" in {event.facts["organisation"] for event in told(whole, "request")}
    steps = {
        act: [event.facts["paper"] for event in told(whole, act)]
        for act in ("verify", "return", "change", "ask", "clear")
    }
    assert steps["return"] == steps["change"] == ["sharing.3/marava"]
    assert steps["ask"].count("supervision.1/marava") == 2
    assert steps["clear"].count("supervision.1/marava") == 1
    languages = {event.by: event.facts["words"].isascii() for event in told(whole, "remark")}
    assert {"marava_contributor", "marava_deputy", "marava_head", "acting"} <= languages.keys()
    assert len(told(whole, "deadline")) == 1


def test_two_organisations_say_one_thing_together(whole: Demonstration) -> None:
    cleared = {event.facts["paper"] for event in told(whole, "clear")}
    submitted = {event.facts["paper"] for event in told(whole, "submit")}
    assert cleared & submitted == {"supervision.4/voces"}


def test_one_is_without_a_head_and_one_sits_twice(whole: Demonstration) -> None:
    heads = {each.organisation for each in whole.later_people if each.seat is SeatKind.HEAD}
    assert "archive" not in heads
    assert "archive" in {event.facts["organisation"] for event in told(whole, "request")}
    seated = Counter(event.facts["person"] for event in told(whole, "seat"))
    assert seated == {"adviser": 2}


def test_the_team_declares_one_interest_one_nothing_and_one_not_yet(whole: Demonstration) -> None:
    declared = {event.by: bool(event.facts["words"]) for event in told(whole, "interest")}
    assert declared == {"chair": True, "moderator": False}
    roles = Counter(event.facts["role"] for event in told(whole, "appoint"))
    assert roles == {"moderator": 2, "translator": 1}


def test_individuals_speak_once_by_name_and_once_without(whole: Demonstration) -> None:
    alone = {"individual", "teacher"}
    said = [event.said for event in told(whole, "write") if event.by in alone]
    assert {each.author: each.names_author for each in said if each} == {"individual": True, "teacher": False}


def test_the_talks_are_small_and_of_both_restricted_tracks(whole: Demonstration) -> None:
    assert {each.track for each in whole.talks.values()} == {Track.MULTILATERAL, Track.BILATERAL}
    assert all(2 <= len(each.clauses) <= 3 for each in whole.talks.values())
    published = {event.facts["talks"] for event in told(whole, "publish")}
    assert [whole.talks[key].track for key in published] == [Track.MULTILATERAL]


def test_letters_begin_before_the_last_day(whole: Demonstration) -> None:
    begun = told(whole, "letters_begin")
    assert len(begun) == 1
    after = [event.act for event in whole.story if event.ago < begun[0].ago]
    assert {"publish", "ask", "remark", "submit"} <= set(after)
    assert sum(act == "submit" for act in after) < 10  # each comment is a letter to a delegation


# What is refused


@pytest.mark.parametrize(
    ("act", "other", "fault"),
    [
        ("add", {"organisation": "nowhere"}, "nowhere is no organisation"),
        ("seat", {"person": "nobody"}, "nobody is nobody"),
        ("verify", {"paper": "scope.1/nobody"}, "nobody has written"),
        ("publish", {"talks": "none"}, "there are no talks none"),
        ("mechanism", {"name": "Real Arrangement"}, "does not say that it is invented"),
        ("mechanism", {"members": ["marava"]}, "are not the members"),
    ],
)
def test_a_story_about_nobody_is_refused(
    whole: Demonstration, act: str, other: dict[str, Any], fault: str
) -> None:
    with pytest.raises(Incoherent, match=fault):
        check(with_event(whole, act, **other))


def test_an_event_that_lacks_something_is_refused(whole: Demonstration) -> None:
    first = whole.story[0]
    bare = (replace(first, facts={"organisation": "observatory"}), *whole.story[1:])
    with pytest.raises(Incoherent, match="add: it lacks reason"):
        check(replace(whole, story=bare))


def test_events_out_of_order_are_refused(whole: Demonstration) -> None:
    with pytest.raises(Incoherent, match="order of time"):
        check(replace(whole, story=whole.story[::-1]))


def test_what_could_be_taken_for_real_is_refused(whole: Demonstration) -> None:
    first = whole.organisations[0]
    for other, fault in (
        ({"website": "https://example.com"}, "somebody’s"),
        ({"name": "Ministry"}, "invented"),
        ({"about": {"en": "We."}}, "one language only"),
    ):
        named = (replace(first, **other), *whole.organisations[1:])
        with pytest.raises(Incoherent, match=fault):
            check(replace(whole, organisations=named))


def test_an_address_given_twice_is_refused(whole: Demonstration) -> None:
    first = whole.later_people[0]
    twice = (replace(first, email=whole.people[0].email), *whole.later_people[1:])
    with pytest.raises(Incoherent, match="given twice"):
        check(replace(whole, later_people=twice))
