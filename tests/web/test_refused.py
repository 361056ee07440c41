"""What a refusal keeps: every word, however short its script makes it; and what it never does: fall over."""

import pytest

from tests.conftest import Client


def test_a_form_whose_token_is_gone_shows_every_word_that_was_written(client: Client) -> None:
    answer = client.post(
        "/zh/sign-in", data={"reasons": "我国支持本条。", "password": "a long enough secret"}
    )
    assert answer.status_code == 400
    assert "我国支持本条。" in answer.text
    assert "a long enough secret" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/en/consultations/nowhere/comments/99999999999999999999",
        "/en/consultations/nowhere/drafts/99999999999999999999/",
        "/en/record?before=²",
        "/en/record?before=99999999999999999999",
    ],
)
def test_a_number_beyond_all_numbers_is_no_error_of_ours(client: Client, path: str) -> None:
    assert client.get(path).status_code in (200, 404)
