"""Do the words of the demonstration fit together, and is it as rich as it claims to be?"""

from collections import Counter
from dataclasses import replace

import pytest
from babel import Locale

from consult.cli.demonstration.coherence import Incoherent, check, standing
from consult.cli.demonstration.content import LANGUAGES, demonstration, swapped
from consult.cli.demonstration.shapes import Comment, Demonstration, Disposed, Round
from consult.core.merge import Amended, merge
from consult.core.terms import (
    AmendmentKind,
    ClauseKind,
    Outcome,
    PaperState,
    RoleKind,
    SeatKind,
    SettlementKind,
    StakeholderGroup,
    Stance,
)
from consult.core.text import bracket_count

REGIONS = {
    "Africa": {"KE", "TN", "TZ"},
    "Americas": {"BR", "CA", "PE", "US"},
    "Asia": {"CN", "IN", "KZ", "OM"},
    "Europe": {"BE", "DE"},
    "Oceania": {"FJ", "NZ"},
}


@pytest.fixture
def whole() -> Demonstration:
    return demonstration()


def with_first(whole: Demonstration, first: Round) -> Demonstration:
    return replace(whole, first_round=first)


def with_comment(whole: Demonstration, key: str, **other: object) -> Demonstration:
    first = whole.first_round
    comments = tuple(replace(each, **other) if each.key == key else each for each in first.comments)  # type: ignore[arg-type]
    return with_first(whole, replace(first, comments=comments))


def with_disposed(whole: Demonstration, key: str, **other: object) -> Demonstration:
    disposed = replace(whole.dispositions[key], **other)  # type: ignore[arg-type]
    return replace(whole, dispositions={**whole.dispositions, key: disposed})


# What there is


def test_fifteen_organisations_of_all_groups_come_from_five_regions(whole: Demonstration) -> None:
    organisations = whole.organisations
    assert len(organisations) == 15
    assert {each.group for each in organisations} == set(StakeholderGroup)
    here = {each.country for each in organisations}
    assert here <= set(Locale("en").territories)
    assert all(countries & here for countries in REGIONS.values())
    assert here <= set().union(*REGIONS.values())
    assert {each.clearance for each in organisations} == {1, 2, 3}
    assert all(each.name.endswith("(fictional)") for each in organisations)


def test_a_group_that_decides_has_three_voices_or_more(whole: Demonstration) -> None:
    groups = Counter(each.group for each in whole.organisations)
    assert all(groups[group] >= 3 for group in whole.required_groups)


def test_there_is_a_demonstration_account_for_each_role(whole: Demonstration) -> None:
    accounts = {
        each.email.partition("@")[0] for each in whole.people if each.email.endswith("@consult.example")
    }
    roles = {"administrator", "moderator", "translator", "head", "deputy", "contributor", "reader"}
    assert roles <= accounts
    assert all(each.email.endswith(("consult.example", ".example.org")) for each in whole.people)
    translators = {each.role_language for each in whole.people if each.role is RoleKind.TRANSLATOR}
    assert translators == {"ar", "zh", "fr"}
    assert sum(each.role is RoleKind.MODERATOR for each in whole.people) == 2
    assert any(each.seat is None and each.role is None for each in whole.people)


def test_only_an_organisation_with_three_levels_has_a_deputy(whole: Demonstration) -> None:
    levels = {each.key: each.clearance for each in whole.organisations}
    deputies = [each.organisation for each in whole.people if each.seat is SeatKind.DEPUTY]
    assert deputies
    assert all(levels[slug or ""] == 3 for slug in deputies)


def test_the_guideline_has_some_forty_clauses_in_nine_sections(whole: Demonstration) -> None:
    clauses = whole.guideline.clauses
    kinds = Counter(each.kind for each in clauses)
    numbered = [each for each in clauses if each.kind is ClauseKind.CLAUSE and "." in each.number]
    assert (kinds[ClauseKind.SECTION], kinds[ClauseKind.TABLE], len(numbered)) == (9, 1, 43)
    assert sum(each.number.startswith("(") for each in clauses) == 6
    assert sum("[^" in each.text for each in clauses) == 2


def test_every_clause_reads_in_every_language(whole: Demonstration) -> None:
    assert whole.guideline.languages == LANGUAGES
    assert set(whole.guideline.title) == set(whole.guideline.summary) == set(LANGUAGES)
    keys = {each.key for each in whole.guideline.clauses}
    assert all(set(words) == keys for words in whole.guideline.translations.values())


def test_a_table_has_as_many_cells_in_every_language(whole: Demonstration) -> None:
    tables = [each for each in whole.guideline.clauses if each.kind is ClauseKind.TABLE]
    for table in tables:
        translated = [words[table.key].text for words in whole.guideline.translations.values()]
        assert {text.count("|") for text in translated} == {table.text.count("|")}


def test_the_first_round_is_as_lively_as_promised(whole: Demonstration) -> None:
    comments = whole.first_round.comments
    assert 100 <= len(comments) <= 125
    assert [each.number for each in comments] == list(range(1, len(comments) + 1))
    assert sum(each.kind is not None for each in comments) >= 55
    assert {each.stance for each in comments} == set(Stance)
    assert {each.language for each in comments} == {"en", "ar", "zh", "fr", "es", "sw", "ru", "pt", "hi"}
    assert {each.read for each in comments} == set(LANGUAGES)
    assert {each.organisation for each in comments} == {each.key for each in whole.organisations}
    kinds = {each.kind for each in comments}
    assert {
        AmendmentKind.REPLACE,
        AmendmentKind.DELETE,
        AmendmentKind.INSERT_AFTER,
        AmendmentKind.SPLIT,
    } <= kinds
    assert sum(each.clause == "whole" for each in comments) >= 5
    assert sum(each.withdrawn_at is not None for each in comments) == 1
    assert sum(each.supersedes is not None for each in comments) == 1


def collided(comments: tuple[Comment, ...], texts: dict[str, str]) -> set[str]:
    """The clauses of which amendments want the same words differently."""
    asked: dict[str, list[Amended]] = {}
    for each in standing(comments):
        if each.kind is AmendmentKind.REPLACE and each.read == "en":
            asked.setdefault(each.clause, []).append(Amended(each.number, each.proposed or ""))
    return {key for key, amendments in asked.items() if merge(texts[key], amendments).collisions}


def test_amendments_collide_on_six_clauses_and_more(whole: Demonstration) -> None:
    before = {each.key: each.text for each in whole.guideline.clauses}
    after = {each.key: each.text for each in whole.revision.clauses}
    assert len(collided(whole.first_round.comments, before)) >= 6
    assert len(collided(whole.second_round.comments, after)) >= 6


def test_several_organisations_ask_for_the_same_words(whole: Demonstration) -> None:
    same = Counter((each.clause, each.proposed) for each in whole.first_round.comments if each.proposed)
    assert sum(count > 1 for count in same.values()) >= 6


def test_every_comment_of_the_first_round_is_answered(whole: Demonstration) -> None:
    assert set(whole.dispositions) == {each.key for each in standing(whole.first_round.comments)}
    outcomes = {each.outcome for each in whole.dispositions.values()}
    assert outcomes == set(Outcome) - {
        Outcome.DEFERRED
    }  # to defer needs a later round, and there is none yet


def test_the_revision_deletes_inserts_splits_and_leaves_brackets(whole: Demonstration) -> None:
    settled = whole.revision.settled
    kinds = Counter(each.kind for each in settled)
    assert kinds[SettlementKind.DELETE] == kinds[SettlementKind.SPLIT] == 1
    assert kinds[SettlementKind.INSERT] == 2
    bracketed = [each for each in settled if bracket_count(each.text or "")]
    assert len(bracketed) == 3
    assert all(each.bracket_reasons for each in bracketed)
    untouched = len(whole.guideline.clauses) - len(settled)
    assert untouched > 20  # so that positions are carried over


def test_the_desk_would_merge_each_bracketed_clause_as_it_is_settled(whole: Demonstration) -> None:
    before = {each.key: each.text for each in whole.guideline.clauses}
    for settled in whole.revision.settled:
        if not bracket_count(settled.text or ""):
            continue
        asked = [
            Amended(each.number, each.proposed or "")
            for each in standing(whole.first_round.comments)
            if each.clause == settled.key and each.kind and each.read == "en"
            if whole.dispositions[each.key].outcome in (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART)
        ]
        open_ = merge(before[settled.key], asked).collisions
        assert open_
        merged = merge(before[settled.key], asked, {each.key: "brackets" for each in open_})
        assert merged.text == settled.text


def test_two_changed_texts_lack_a_translation_on_purpose(whole: Demonstration) -> None:
    before = {each.key: each.text for each in whole.guideline.clauses}
    changed = {each.key for each in whole.revision.clauses if before.get(each.key) != each.text}
    lacking = {tag: changed - set(words) for tag, words in whole.revision.translations.items()}
    assert lacking == {"ar": {"certification.fees"}, "zh": set(), "fr": {"supervision.5"}}
    assert all(set(words) <= changed for words in whole.revision.translations.values())


def test_a_translation_has_as_many_brackets_as_its_source(whole: Demonstration) -> None:
    for clause in whole.revision.clauses:
        for words in whole.revision.translations.values():
            if clause.key in words:
                assert bracket_count(words[clause.key].text) == bracket_count(clause.text), clause.key


def test_the_second_round_is_open_and_delegations_still_work(whole: Demonstration) -> None:
    second = whole.second_round
    assert 55 <= len(second.comments) <= 65
    assert second.comments[0].number == len(whole.first_round.comments) + 1
    assert len({each.language for each in second.comments}) >= 6
    assert {each.state for each in second.papers} == {PaperState.DRAFT, PaperState.VERIFIED}
    levels = {each.key: each.clearance for each in whole.organisations}
    assert all(levels[each.organisation] == 3 for each in second.papers if each.state is PaperState.VERIFIED)
    assert all(each.notes for each in second.papers)


def test_an_answer_cites_comments_by_their_number(whole: Demonstration) -> None:
    numbers = {each.key: each.number for each in whole.first_round.comments}
    answer = whole.dispositions["scope.3/voces"].answer
    assert f"#{numbers['scope.3/lindar']}" in answer
    assert not [each for each in whole.dispositions.values() if "{" in each.answer]


# What is refused


def test_words_to_be_swapped_must_stand_there_once() -> None:
    assert swapped("a/b", "one two one three", [["two", "2"]]) == "one 2 one three"
    for swap in (["one", "1"], ["four", "4"]):
        with pytest.raises(Incoherent, match="stands"):
            swapped("a/b", "one two one three", [swap])


def test_an_objection_needs_reasons(whole: Demonstration) -> None:
    with pytest.raises(Incoherent, match=r"scope\.3/norvane: it has no reasons"):
        check(with_comment(whole, "scope.3/norvane", reasons=""))


def test_a_comment_needs_a_clause_that_there_is(whole: Demonstration) -> None:
    with pytest.raises(Incoherent, match="there is no such clause"):
        check(with_comment(whole, "scope.2/norvane", clause="scope.9"))


def test_an_amendment_must_change_something(whole: Demonstration) -> None:
    text = next(each.text for each in whole.guideline.clauses if each.key == "release.7")
    with pytest.raises(Incoherent, match="proposes the text as it stands"):
        check(with_comment(whole, "release.7/tessalyn", proposed=text))


def test_a_comment_without_an_answer_is_refused(whole: Demonstration) -> None:
    fewer: dict[str, Disposed] = dict(whole.dispositions)
    del fewer["release.1/tessalyn"]
    with pytest.raises(Incoherent, match=r"release\.1/tessalyn has no disposition"):
        check(replace(whole, dispositions=fewer))


def test_an_acceptance_that_the_text_does_not_carry_out_is_refused(whole: Demonstration) -> None:
    with pytest.raises(Incoherent, match=r"release\.7/tessalyn is accepted"):
        check(with_disposed(whole, "release.7/tessalyn", outcome=Outcome.ACCEPTED))
    with pytest.raises(Incoherent, match="accepted_in_principle"):
        check(with_disposed(whole, "terms.4/talimar", words="words that stand nowhere"))


def test_a_translation_with_a_gap_is_refused(whole: Demonstration) -> None:
    translations = dict(whole.guideline.translations)
    translations["ar"] = {key: words for key, words in translations["ar"].items() if key != "scope.1"}
    with pytest.raises(Incoherent, match=r"ar: scope\.1 lacks"):
        check(replace(whole, guideline=replace(whole.guideline, translations=translations)))
