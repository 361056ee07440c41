"""Where strength is needed, the duties of moderators and administrators rest in a weak sign-in: no way leads around it."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from consult.comments.clearing import refuse_without_voice
from consult.core.actors import SYSTEM
from consult.core.terms import RoleKind, Track
from consult.db import commit
from consult.people import acts, reads
from consult.people.models import Person
from consult.people.refusals import VoiceElsewhere
from tests import build
from tests.conftest import Client
from tests.people.strong import code, first_step, prove, second_step, somebody, with_app

SENTENCE = "Your duties as moderator or administrator rest in this browser"


@pytest.fixture(autouse=True)
def needs_strength(app: Flask) -> Iterator[None]:
    """As in production."""
    app.config["STRONG_SIGN_IN"] = "yes"
    yield
    app.config["STRONG_SIGN_IN"] = ""


def holder(session: Session, *kinds: RoleKind, email: str = "amina@example.org") -> Person:
    """Somebody with these roles and a password."""
    person = somebody(session, email)
    for kind in kinds:
        acts.give_role(session, SYSTEM, person, kind, language="fr" if kind is RoleKind.TRANSLATOR else None)
    return person


def addresses(app: Flask, gate: str, method: str, values: dict[str, object]) -> list[str]:
    """Every address whose view wears this gate."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if getattr(app.view_functions[rule.endpoint], "gate", "") != gate or method not in (
                rule.methods or ()
            ):
                continue
            named = {one: values.get(one, 1) for one in rule.arguments - set(rule.defaults or {})}
            found.append(app.url_map.bind("localhost").build(rule.endpoint, named))
    return found


@pytest.mark.once
def test_no_staff_page_opens_and_no_staff_form_is_taken_in_a_weak_sign_in(
    app: Flask, session: Session
) -> None:
    opened = build.an_open_round(session)
    holder(session, RoleKind.MODERATOR, RoleKind.ADMINISTRATOR)
    weak = app.test_client()
    assert first_step(weak).status_code == 303
    some = next(iter(opened.clauses.values())).code
    values = {
        "language": "en",
        "slug": opened.slug,
        "code": some,
        "key": "x",
        "token": "x",
        "organisation": "x",
    }
    pages = addresses(app, "staff", "GET", values)
    forms = addresses(app, "staff", "POST", values)
    assert len(pages) > 5 and len(forms) > 5
    for page in pages:
        assert weak.get(page).status_code == 404, page
    for form in forms:
        assert weak.send(form, {"reason": "x", "words": "x"}).status_code == 404, form
    app.config["STRONG_SIGN_IN"] = "no"
    assert len([page for page in pages if weak.get(page).status_code == 200]) > 3


def test_every_page_says_so_and_leads_to_what_ends_it(client: Client, session: Session) -> None:
    holder(session, RoleKind.MODERATOR)
    assert SENTENCE not in client.get("/en/").text
    first_step(client)
    for page in ("/en/", "/en/profile", "/en/record", "/en/profile/factors", "/en/nowhere"):
        assert client.get(page).text.count(SENTENCE) == 1, page


def test_setting_a_factor_up_in_this_browser_ends_it_here_and_not_elsewhere(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    person = holder(session, RoleKind.ADMINISTRATOR)
    elsewhere, here = signed_in_as(person), app.test_client()
    first_step(here), prove(here)
    page = here.get("/en/profile/factors/app").text
    sealed = page.split('name="sealed"')[1].split('value="')[1].split('"')[0]
    shown = page.split('<bdi dir="ltr">')[1].split("<")[0].replace(" ", "")
    answer = here.send("/en/profile/factors/app", {"sealed": sealed, "code": code(shown)})
    assert answer.status_code == 200 and SENTENCE not in answer.text
    assert SENTENCE not in here.get("/en/").text
    assert SENTENCE in elsewhere.get("/en/").text


def test_who_has_a_factor_shows_it_and_has_her_duties(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened = build.an_open_round(session)
    person = holder(session, RoleKind.MODERATOR)
    made = with_app(session, person)
    person.totp_step = None
    weak = signed_in_as(person)
    assert weak.get(f"/en/consultations/{opened.slug}/desk/").status_code == 404
    assert "until you show your second factor" in weak.get("/en/profile/factors").text
    prove(weak)
    assert second_step(weak, code(made)).status_code == 303
    assert SENTENCE not in weak.get("/en/").text
    assert weak.get(f"/en/consultations/{opened.slug}/desk/").status_code == 200


def test_translators_keep_their_duty(session: Session) -> None:
    person = holder(session, RoleKind.TRANSLATOR, RoleKind.MODERATOR)
    rested = reads.resting(build.acting(session, person))
    assert [duty.kind for duty in rested.duties] == [RoleKind.TRANSLATOR]
    assert [duty.kind for duty in rested.resting] == [RoleKind.MODERATOR] and rested.must_strengthen
    only = holder(session, RoleKind.TRANSLATOR, email="bela@example.org")
    assert not reads.resting(build.acting(session, only)).must_strengthen


def test_while_the_duty_rests_a_moderator_is_no_voice_either(session: Session) -> None:
    opened = build.an_open_round(session, takes_individuals=True)
    rested = reads.resting(build.acting(session, opened.moderator))
    assert not rested.moderates(opened.consultation.id)
    with pytest.raises(VoiceElsewhere):
        refuse_without_voice(session, rested, opened.consultation)


def test_a_restricted_consultation_is_not_there_for_a_duty_that_rests(
    app: Flask, session: Session, signed_in_as: Callable[[Person], Client]
) -> None:
    opened = build.an_open_round(
        session, is_restricted=True, track=Track.MULTILATERAL, parties=[build.an_organisation(session)]
    )
    weak = signed_in_as(opened.moderator)
    assert weak.get(f"/en/consultations/{opened.slug}/").status_code == 404
    app.config["STRONG_SIGN_IN"] = "no"
    assert weak.get(f"/en/consultations/{opened.slug}/").status_code == 200


@pytest.mark.parametrize(("wanted", "says"), [("yes", True), ("no", False)])
def test_the_command_that_makes_an_administrator_says_what_comes_next(
    app: Flask, session: Session, wanted: str, says: bool
) -> None:
    app.config["STRONG_SIGN_IN"] = wanted
    commit(session)
    said = app.test_cli_runner().invoke(args=["consult", "administrator", "first@example.org"])
    assert said.exit_code == 0 and ("/profile/factors" in said.output) is says
