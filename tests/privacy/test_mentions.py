"""Whole names and addresses are found; syllables that others share are not."""

import pytest

from consult.privacy.mentions import mentions, without_name


@pytest.mark.parametrize(
    ("words", "name", "found"),
    [
        ("Amina Odhiambo was seen.", "Amina Odhiambo", True),
        ("by  amina\nodhiambo", "Amina Odhiambo", True),
        ("Amina Odhiambos", "Amina Odhiambo", False),
        ("Amina spoke.", "Amina Odhiambo", False),
        ("Public reasons.", "Li", False),
        ("Li Na wrote.", "Li Na", True),
        ("王小明说明了理由", "王小明", True),
        ("王某说明了理由", "王小明", False),
        ("قالت آمنة علي ذلك", "آمنة علي", True),
        ("Write to AMINA@example.org", "", True),
        ("nothing", None, False),
    ],
)
def test_who_is_mentioned(words: str, name: str | None, found: bool) -> None:
    assert mentions(words, name, "amina@example.org") is found


@pytest.mark.parametrize(
    ("file_name", "left"),
    [
        ("mandate_Amina_Odhiambo.pdf", "file.pdf"),
        ("Odhiambo-final.docx", "file.docx"),
        ("guideline.docx", "guideline.docx"),
        ("amina@example.org.csv", "file.csv"),
    ],
)
def test_a_file_loses_a_name_in_its_own(file_name: str, left: str) -> None:
    assert without_name(file_name, "Amina Odhiambo", "amina@example.org") == left
