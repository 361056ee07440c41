"""Which amendment do words make, and what is missing? By hand."""

import pytest

from consult.comments.excerpts import excerpt, runs_of
from consult.comments.wording import Lacking, Wording, amends, lacking
from consult.core.terms import AmendmentKind, Stance

CLAUSE = "Results should be shared within thirty days."
OTHER = "Results should be shared within fifteen days."


def said(**words: object) -> Wording:
    named = {
        "stance": Stance.SUPPORT,
        "reasons": "Because.",
        "chosen": None,
        "proposed": CLAUSE,
        "read": CLAUSE,
    }
    return Wording(**{**named, **words})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("chosen", "proposed", "kind"),
    [
        (None, CLAUSE, None),
        (None, CLAUSE + " \r\n", None),
        (None, "", None),
        (None, None, None),
        (None, OTHER, AmendmentKind.REPLACE),
        (AmendmentKind.REPLACE, CLAUSE, AmendmentKind.REPLACE),
        (AmendmentKind.DELETE, CLAUSE, AmendmentKind.DELETE),
        (AmendmentKind.INSERT_AFTER, OTHER, AmendmentKind.INSERT_AFTER),
    ],
)
def test_words_ask_for_a_change_where_they_differ_or_where_one_is_chosen(
    chosen: AmendmentKind | None, proposed: str | None, kind: AmendmentKind | None
) -> None:
    assert amends(said(chosen=chosen, proposed=proposed)) is kind


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ({"stance": Stance.OBJECT, "reasons": "  "}, (Lacking.LIFTING,)),
        (
            {"stance": Stance.OBJECT, "reasons": "", "chosen": AmendmentKind.REPLACE},
            (Lacking.SAME_WORDS, Lacking.LIFTING),
        ),
        ({"stance": Stance.SUPPORT_WITH_CHANGES, "reasons": ""}, (Lacking.CHANGES,)),
        ({"stance": Stance.SUPPORT_WITH_CHANGES, "reasons": "", "proposed": OTHER}, ()),
        ({"stance": Stance.SUPPORT, "reasons": ""}, ()),
        ({"chosen": AmendmentKind.REPLACE, "proposed": " "}, (Lacking.NO_WORDS,)),
        ({"chosen": AmendmentKind.INSERT_AFTER, "proposed": CLAUSE}, (Lacking.SAME_WORDS,)),
        ({"chosen": AmendmentKind.DELETE, "proposed": ""}, ()),
        ({"chosen": AmendmentKind.DELETE, "is_whole": True}, (Lacking.WHOLE,)),
    ],
)
def test_what_is_missing_is_named_in_the_order_of_the_form(
    words: dict[str, object], missing: tuple[Lacking, ...]
) -> None:
    assert lacking(said(**words)) == missing


def test_an_excerpt_shows_every_new_word_and_only_the_kept_words_beside_it() -> None:
    base = "one two three four five six seven eight nine ten " * 6 + "within thirty days of it"
    runs = excerpt(runs_of(AmendmentKind.REPLACE, base, base.replace("thirty", "fifteen")))
    shown = "".join(run.text for run in runs if run.kind != "delete")
    assert shown.startswith("one two three four five six seven eight … ")
    assert shown.endswith("within fifteen days of it")
    assert len(shown) < len(base) / 2
    assert [run.text.strip() for run in runs if run.kind == "insert"] == ["fifteen"]


def test_an_excerpt_of_a_short_clause_is_the_whole_redline() -> None:
    runs = runs_of(AmendmentKind.REPLACE, CLAUSE, OTHER)
    assert excerpt(runs) == runs
    assert "".join(run.text for run in runs if run.kind != "insert") == CLAUSE
