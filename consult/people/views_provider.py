"""Signing in through another site: there and back again."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.db import session
from consult.people import acts_identities, joining
from consult.people.confirming import confirmed
from consult.refusals import NotThere
from consult.web.gates import actor, anyone, signed_in
from consult.web.leading import wanted
from consult.web.transaction import reads_first, writes_by_get


@anyone
def provider() -> ResponseReturnValue:
    """Sends the browser to the other site."""
    to = joining.provider()
    if to is None:
        raise NotThere
    if actor().is_signed_in and not wanted():
        return redirect(url_for("people.factors"), 303)
    return redirect(joining.ask(to, wanted(), links=False), 303)


@signed_in
@confirmed
@reads_first
def link_provider() -> ResponseReturnValue:
    """Begins to link an account at the other site. A page of ours shows the link that leads there: no form may
    (form-action), and no link of somebody else's may begin it."""
    to = joining.provider()
    if to is None:
        raise NotThere
    page = {"name": to.name, "address": joining.ask(to, "", links=True)}
    return render_template("people/to_provider.html", page=page)


@anyone
@writes_by_get
def answer() -> ResponseReturnValue:
    """The browser comes back from the other site."""
    by = joining.provider()
    if by is None:
        raise NotThere
    kept = joining.taken()
    g.language = kept["language"]
    return redirect(joining.met(by, kept), 303)


@signed_in
@confirmed
def unlink_provider() -> ResponseReturnValue:
    """Takes the link to an account at another site away."""
    known = joining.provider()
    name = known.name if known else ""
    acts_identities.unlink_identity(session(), actor(), request.form.get("mark", ""), name)
    return redirect(url_for("people.factors"), 303)
