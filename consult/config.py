"""Which settings are there? Each with its name in the environment, its default and its meaning."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGED = Path(__file__).resolve().parent
DEVELOPMENT_SECRET = "only-for-this-machine-and-never-in-production"  # noqa: S105
WEAK_SECRET_LENGTH = 32

LANGUAGES = ("en", "ar", "zh", "fr")


def yes_or_no(given: str) -> str:
    """One of yes, no and nothing: a slip of the pen must not open what was to be shut."""
    if given not in ("yes", "no", ""):
        raise ValueError(given)
    return given


class WeakSecret(RuntimeError):
    """A production start with a secret that can be guessed."""


class WrongSetting(RuntimeError):
    """A setting whose value cannot be understood."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `read` turns the environment's text into the value."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], Any] = str
    is_secret: bool = False


SETTINGS = (
    Setting(
        "CONSULT_MODE", "development", "development, production or test; production refuses weak secrets"
    ),
    Setting(
        "SECRET_KEY", DEVELOPMENT_SECRET, "signs the cookies; at least 32 random characters", is_secret=True
    ),
    Setting(
        "DATABASE_URL", "sqlite:///instance/consult.sqlite", "where rows live: an SQLite or PostgreSQL URL"
    ),
    Setting("PORT", "8000", "the port that `make run` serves on", int),
    Setting(
        "SITE_ADDRESS", "", "how readers reach the site, as https://consult.example.org; printed in documents"
    ),
    Setting("SITE_NAME", "Consult", "the name on every page"),
    Setting("SOURCE_LINK", "", "where this program's source can be had (AGPL); empty: the page says to ask"),
    Setting("CONTACT", "", "an address that readers can write to, shown in the footer"),
    Setting("WEB_WORKERS", "2", "how many web processes `flask consult serve` starts", int),
    Setting("WEB_THREADS", "4", "how many threads each web process has", int),
    Setting("TRUSTED_PROXIES", "0", "how many proxies before us set X-Forwarded-For and -Proto", int),
    Setting("SESSION_DAYS", "14", "after how many days a signed-in browser must sign in again", int),
    Setting("SIGN_IN_TRIES", "10", "how many wrong passwords one account takes in a quarter of an hour", int),
    Setting(
        "SIGN_IN_TRIES_ADDRESS",
        "100",
        "how many wrong passwords one address takes in a quarter of an hour",
        int,
    ),
    Setting(
        "STRONG_SIGN_IN",
        "",
        "yes: moderators and administrators need a second factor; empty: in production only; no: never",
        yes_or_no,
    ),
    Setting(
        "MAIL_URL",
        "",
        "where letters are sent: smtp://user:password@host:587 or smtps://…:465; empty: kept in a folder",
        is_secret=True,
    ),
    Setting("MAIL_FROM", "", "the address that letters come from; empty: CONTACT"),
    Setting("OUTBOX_FOLDER", "instance/outbox", "where letters lie while MAIL_URL is empty"),
    Setting("OIDC_ISSUER", "", "sign-in through OpenID Connect: the provider's address; empty: none"),
    Setting("OIDC_CLIENT_ID", "", "what the provider knows this site as"),
    Setting("OIDC_CLIENT_SECRET", "", "the secret shared with the provider", is_secret=True),
    Setting("OIDC_NAME", "", "what the button calls the provider; empty: its host"),
    Setting(
        "PAGES_FOLDER",
        "",
        "a folder of terms.en.md, privacy.fr.md, accessibility.ar.md, contact.zh.md …: each replaces a page's default",
    ),
    Setting("ARGON2_TIME_COST", "3", "rounds of the password hash; 1 in tests only", int),
    Setting("ARGON2_MEMORY_KIB", "65536", "memory of the password hash in KiB; less in tests only", int),
    Setting(
        "DEMONSTRATION", "", "the demonstration accounts' password, shown at sign-in; empty: no demonstration"
    ),
    Setting("FONT_FOLDERS", "", "further folders of fonts for PDF, separated by ':'"),
    Setting("SOFT_FILE_LIMIT_MB", "25", "the largest file that an import takes, in MB", int),
)


def read_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Every setting by name. Refuses values it cannot read, and weak secrets in production."""
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        given = environment.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(given)
        except ValueError as error:
            raise WrongSetting(f"{setting.name} is {given!r}: {setting.meaning}.") from error
    if values["CONSULT_MODE"] not in {"development", "production", "test"}:
        raise WrongSetting(
            f"CONSULT_MODE is {values['CONSULT_MODE']!r}: use development, production or test."
        )
    if values["CONSULT_MODE"] == "production":
        _refuse_weak_secret(values["SECRET_KEY"])
    values["DATABASE_URL"] = absolute(values["DATABASE_URL"])
    return values


def needs_strong_sign_in(values: Mapping[str, Any]) -> bool:
    """Whether the duties of moderators and administrators rest until they show a second factor."""
    wanted = values["STRONG_SIGN_IN"]
    return bool(wanted == "yes" or (not wanted and values["CONSULT_MODE"] == "production"))


def _refuse_weak_secret(secret: str) -> None:
    if secret == DEVELOPMENT_SECRET or len(secret) < WEAK_SECRET_LENGTH or len(set(secret)) < 10:
        raise WeakSecret(
            "SECRET_KEY is missing or weak. Set it to at least 32 random characters, for instance with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def absolute(url: str) -> str:
    """The database URL with SQLite's path made absolute, and PostgreSQL's driver named."""
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////") and url != "sqlite:///:memory:":
        return f"sqlite:///{ROOT / url.removeprefix('sqlite:///')}"
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def folder(name: str) -> Path:
    """templates, translations or migrations: beside the package in a checkout, inside it in a wheel."""
    beside = ROOT / name
    return beside if beside.is_dir() and (ROOT / "wsgi.py").exists() else PACKAGED / f"_{name}"


def flask_settings(values: Mapping[str, Any]) -> dict[str, Any]:
    """What Flask and its extensions are told."""
    is_production = values["CONSULT_MODE"] == "production"
    return {
        **values,
        "SQLALCHEMY_ENGINES": {"default": {"url": values["DATABASE_URL"], **_pool(values)}},
        "ALEMBIC": {
            "script_location": str(folder("migrations")),
            "file_template": "%%(rev)s",
            "version_locations": [],
        },
        "BABEL_TRANSLATION_DIRECTORIES": str(folder("translations")),
        "BABEL_DEFAULT_LOCALE": "en",
        "SESSION_COOKIE_NAME": "consult",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_production,
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": is_production,
        "MAX_CONTENT_LENGTH": (values["SOFT_FILE_LIMIT_MB"] + 2) * 1024 * 1024,
        "MAX_FORM_PARTS": 1000,
        "PREFERRED_URL_SCHEME": "https" if is_production else "http",
        "COMPRESS_MIMETYPES": [
            "text/html",
            "text/css",
            "text/javascript",
            "application/json",
            "image/svg+xml",
        ],
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 5,
        "COMPRESS_STREAMS": False,
    }


def _pool(values: Mapping[str, Any]) -> dict[str, Any]:
    hidden = {
        "hide_parameters": values["CONSULT_MODE"] == "production"
    }  # an error in a log holds nobody's words
    if str(values["DATABASE_URL"]).startswith("sqlite"):
        return {"connect_args": {"timeout": 15}, **hidden}
    return {**hidden, "pool_size": values["WEB_THREADS"], "max_overflow": 4, "pool_pre_ping": True}
