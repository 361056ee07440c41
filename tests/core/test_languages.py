"""Which way does a language run, and which translation may stand for the original?"""

import pytest

from consult.core.languages import Version, direction, fallback, outdated, standing
from consult.core.terms import TranslationState


@pytest.mark.parametrize(
    ("tag", "runs"),
    [
        *[(tag, "rtl") for tag in ("ar", "ar-EG", "fa", "ur", "he", "ug", "az-Arab", "ks", "dv")],
        *[
            (tag, "ltr")
            for tag in ("en", "zh-Hant", "hi", "th", "ru", "sw", "az", "ur-Latn", "ar-Latn", "ku")
        ],
    ],
)
def test_a_language_runs_its_way_and_its_script_decides(tag, runs):
    assert direction(tag) == runs


@pytest.mark.parametrize(
    ("wanted", "offered", "expected"),
    [
        ("fr", ["fr", "ar"], "fr"),
        ("fr-CA", ["fr", "ar"], "fr"),
        ("fr", ["fr-CA"], "fr-CA"),
        ("zh-TW", ["zh", "fr"], "en"),  # another script
        ("zh-TW", ["zh-Hant", "zh"], "zh-Hant"),
        ("zh-CN", ["zh"], "zh"),
        ("zh-Hans-SG", ["zh"], "zh"),
        ("sw", ["fr"], "en"),
        ("", [], "en"),
    ],
)
def test_the_nearest_offered_language_is_taken_else_the_source(wanted, offered, expected):
    assert fallback(wanted, "en", offered) == expected


def test_a_translation_is_outdated_by_what_it_was_made_from():
    assert outdated(7, 8)
    assert not outdated(8, 8)


def test_a_machine_translation_of_these_words_goes_before_a_reviewed_one_of_others():
    machine = Version("fr", TranslationState.MACHINE, 8, 1)
    reviewed = Version("fr", TranslationState.REVIEWED, 7, 2)
    other = Version("ar", TranslationState.REVIEWED, 8, 3)
    assert standing("fr", 8, [reviewed, machine, other]) == machine
    assert standing("fr", 7, [reviewed, machine, other]) == reviewed
    assert standing("sw", 8, [reviewed, machine, other]) is None


def test_the_translation_reviewed_furthest_stands():
    made = [Version("fr", state, 8, at) for at, state in enumerate(TranslationState)]
    assert standing("fr", 8, made) == made[-1]
