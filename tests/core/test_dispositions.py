"""What does each outcome ask of the next text, and who is still without an answer?"""

import pytest

from consult.core.dispositions import OUTCOMES, Answer, Heard, carried_out, unanswered
from consult.core.terms import Outcome

BASE = "Report results within thirty days."
FIFTEEN = "Report results within fifteen days of release."


def test_every_outcome_asks_for_an_answer():
    assert set(OUTCOMES) == set(Outcome)
    assert all(asks.needs_answer for asks in OUTCOMES.values())


@pytest.mark.parametrize(
    ("outcome", "proposed", "next_text", "words", "expected"),
    [
        (Outcome.ACCEPTED, FIFTEEN, FIFTEEN, None, True),
        (Outcome.ACCEPTED, FIFTEEN, BASE, None, False),
        (Outcome.ACCEPTED, FIFTEEN, "Report results within fifteen days.", None, False),
        (
            Outcome.ACCEPTED,
            FIFTEEN,
            "Promptly report all results within fifteen days of release.",
            None,
            True,
        ),
        (Outcome.ACCEPTED, FIFTEEN, "Report results within fifteen working days of release.", None, True),
        (Outcome.ACCEPTED, FIFTEEN, "Report results [within fifteen days of release] [soon].", None, False),
        (Outcome.ACCEPTED, "", None, None, True),
        (Outcome.ACCEPTED, "", BASE, None, False),
        (Outcome.ACCEPTED, None, FIFTEEN, None, None),
        (Outcome.ACCEPTED_IN_PRINCIPLE, FIFTEEN, "Report results in two weeks.", "in two weeks", True),
        (Outcome.ACCEPTED_IN_PRINCIPLE, FIFTEEN, BASE, "in two weeks", False),
        (Outcome.ACCEPTED_IN_PRINCIPLE, None, "Bring in twofold weeks.", "in two", False),
        (Outcome.ACCEPTED_IN_PART, FIFTEEN, "Report results within fifteen days.", None, True),
        (Outcome.ACCEPTED_IN_PART, FIFTEEN, "Report results within sixty days.", None, False),
        (Outcome.ACCEPTED_IN_PART, FIFTEEN, "Report results [within fifteen days] [soon].", None, True),
        (Outcome.NOTED, FIFTEEN, BASE, None, None),
        (Outcome.NOT_ACCEPTED, FIFTEEN, FIFTEEN, None, None),
    ],
)
def test_what_was_decided_is_checked_against_the_next_text(outcome, proposed, next_text, words, expected):
    assert carried_out(outcome, BASE, proposed, next_text, words) is expected


def test_every_comment_of_a_closed_round_needs_an_answer():
    heard = [
        Heard(1, 1),
        Heard(2, 1, is_withdrawn=True),
        Heard(3, 1, is_superseded=True),
        Heard(4, 1, is_hidden=True),
        Heard(5, 1),
        Heard(6, 2),
    ]
    assert unanswered(heard, [Answer(5, 1, Outcome.NOTED)], {1}) == ((1, 1),)
    assert unanswered(heard, [Answer(5, 1, Outcome.NOTED)], {1, 2}) == ((1, 1), (6, 2))


def test_a_deferred_comment_comes_up_again_in_its_round():
    heard = [Heard(1, 1)]
    deferred = Answer(1, 1, Outcome.DEFERRED, deferred_to=2)
    assert unanswered(heard, [deferred], {1}) == ()
    assert unanswered(heard, [deferred], {1, 2}) == ((1, 2),)
    assert unanswered(heard, [deferred, Answer(1, 2, Outcome.ACCEPTED)], {1, 2}) == ()
    assert unanswered([Heard(1, 1, is_withdrawn=True)], [deferred], {1, 2}) == ()
