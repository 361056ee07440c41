"""What administrators do with an organisation that is in the list: each act a form of its own, with reasons."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.core.terms import StakeholderGroup
from consult.db import session
from consult.organisations import acts_administration as acts
from consult.organisations import reads_administration as reads
from consult.organisations.acts_merging import merge_organisation
from consult.organisations.forms import distinct
from consult.organisations.forms_administration import MergerForm, NameForm, PlaceForm, ReasonsForm
from consult.organisations.reads import organisation
from consult.organisations.tags import languages
from consult.refusals import NotThere, Refusal
from consult.web.forms import ConsultForm
from consult.web.gates import actor, staff
from consult.web.locale import spoken
from consult.web.record_sentences import sentence_of

Act = Callable[[int], object]


@staff
def administration(slug: str) -> ResponseReturnValue:
    """One organisation with all that administrators can do with it, and its history."""
    return _page(slug, "", None)


@staff
def accreditation(slug: str) -> ResponseReturnValue:
    """Accredits it, or ends its accreditation: whichever the page that was shown offered."""
    form = ReasonsForm.posted()
    wanted = request.form.get("accredits") == "yes"
    return _done(
        slug,
        "accreditation",
        form,
        lambda one: acts.accredit(
            session(), actor(), one, is_accredited=wanted, reason=form.reasons.data or ""
        ),
    )


@staff
def name(slug: str) -> ResponseReturnValue:
    """Renames it."""
    form = NameForm.posted()
    return _done(
        slug,
        "name",
        form,
        lambda one: acts.rename(
            session(), actor(), one, form.name.data or "", form.language.data or "", form.reasons.data or ""
        ),
    )


@staff
def place(slug: str) -> ResponseReturnValue:
    """Puts it into another group or country."""
    form = PlaceForm.posted()
    return _done(
        slug,
        "place",
        form,
        lambda one: acts.place_organisation(
            session(),
            actor(),
            one,
            StakeholderGroup(form.group.data),
            form.country.data,
            form.reasons.data or "",
        ),
    )


@staff
def disabling(slug: str) -> ResponseReturnValue:
    """Takes it out of the list."""
    form = ReasonsForm.posted()
    return _done(
        slug,
        "disabling",
        form,
        lambda one: acts.disable_organisation(session(), actor(), one, form.reasons.data or ""),
    )


@staff
def restoration(slug: str) -> ResponseReturnValue:
    """Puts it back into the list."""
    form = ReasonsForm.posted()
    return _done(
        slug,
        "restoration",
        form,
        lambda one: acts.restore_organisation(session(), actor(), one, form.reasons.data or ""),
    )


@staff
def merger(slug: str) -> ResponseReturnValue:
    """Merges it into another one: first which, then all that will happen, then the press."""
    shown, row = (
        reads.administration(session(), actor(), slug, spoken()),
        organisation(session(), actor(), slug),
    )
    form = MergerForm.posted(into=request.args.get("into", ""))
    other = None
    try:
        other = reads.other_one(session(), row, form.into.data or "")
        if form.accepted and other is not None:
            into = merge_organisation(session(), actor(), row.id, other.id, form.reasons.data or "")
            return redirect(url_for("organisations.administration", slug=into.slug), 303)
    except NotThere:
        raise
    except Refusal as no:
        form.refuse(no, "into" if other is None else None)
    merging = reads.merging(session(), actor(), row, other) if other else None
    return render_template(
        "organisations/merger.html", page={"of": shown, "merging": merging}, form=form
    ), form.status


def _done(slug: str, which: str, form: ConsultForm, act: Act) -> ResponseReturnValue:
    """Does what a form asks, and shows the page anew; a refused form is shown as it was sent."""
    shown = reads.administration(session(), actor(), slug, spoken())
    if form.accepted:
        try:
            act(shown.profile.id)
            return redirect(url_for("organisations.administration", slug=slug), 303)
        except NotThere:
            raise
        except Refusal as no:
            form.refuse(no)
    return _page(slug, which, form)


def _page(slug: str, which: str, form: ConsultForm | None) -> ResponseReturnValue:
    shown = reads.administration(session(), actor(), slug, spoken())
    who = shown.profile
    forms: dict[str, ConsultForm] = {
        "accreditation": ReasonsForm(formdata=None),
        "name": NameForm(formdata=None, data={"name": who.own_name.words, "language": who.own_name.language}),
        "place": PlaceForm(formdata=None, data={"group": who.group, "country": who.country.code}),
        "disabling": ReasonsForm(formdata=None),
        "restoration": ReasonsForm(formdata=None),
    }
    if form is not None:
        forms[which] = form
    page = {
        "of": shown,
        "forms": {name: distinct(one, name) for name, one in forms.items()},
        "languages": languages(spoken()),
        "sentences": [sentence_of(line) for line in who.story],
    }
    html = render_template("organisations/administration.html", page=page, form=form)
    return html, form.status if form else 200
