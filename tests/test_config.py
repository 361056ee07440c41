"""Settings: from the environment only, and a production start refuses weak secrets."""

import pytest

from consult.config import SETTINGS, WeakSecret, WrongSetting, absolute, read_settings


@pytest.mark.parametrize("secret", [None, "short", "x" * 64, "only-for-this-machine-and-never-in-production"])
def test_production_refuses_a_weak_secret(secret: str | None) -> None:
    given = {"CONSULT_MODE": "production", **({"SECRET_KEY": secret} if secret else {})}
    with pytest.raises(WeakSecret, match="at least 32 random characters"):
        read_settings(given)


def test_production_takes_a_strong_secret() -> None:
    secret = "kq3v8Zr1mN5tYw7bXc2dLf9gHj4sPa6e"
    assert read_settings({"CONSULT_MODE": "production", "SECRET_KEY": secret})["SECRET_KEY"] == secret


def test_a_value_that_cannot_be_read_is_named() -> None:
    with pytest.raises(WrongSetting, match="PORT is 'eighty'"):
        read_settings({"PORT": "eighty"})
    with pytest.raises(WrongSetting, match="CONSULT_MODE"):
        read_settings({"CONSULT_MODE": "holiday"})


def test_every_setting_has_a_meaning_and_a_default_that_can_be_read() -> None:
    assert all(setting.meaning for setting in SETTINGS)
    assert read_settings({}).keys() == {setting.name for setting in SETTINGS}


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/db", "postgresql+psycopg://u@h/db"),
        ("postgresql://u@h/db?sslmode=require", "postgresql+psycopg://u@h/db?sslmode=require"),
        ("sqlite:////var/x.sqlite", "sqlite:////var/x.sqlite"),
    ],
)
def test_one_url_chooses_the_database(given: str, used: str) -> None:
    assert absolute(given) == used
