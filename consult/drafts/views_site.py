"""Pages about the site itself: its terms, what it keeps of whom, accessibility, whom to write to, how it counts."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from consult.web.gates import anyone
from consult.web.site_pages import shown


def install(bp: Blueprint) -> None:
    """Hangs these pages on the site."""
    bp.add_url_rule("/how-consensus-is-counted", "counting", counting)
    bp.add_url_rule("/terms", "terms", terms)
    bp.add_url_rule("/privacy-notice", "privacy_notice", privacy_notice)
    bp.add_url_rule("/accessibility", "accessibility", accessibility)
    bp.add_url_rule("/contact", "contact", contact)


@anyone
def counting() -> ResponseReturnValue:
    """How consensus is counted, in plain words and with the formulas."""
    return render_template("drafts/counting.html", page={})


@anyone
def terms() -> ResponseReturnValue:
    """What whoever takes part agrees to."""
    return shown("terms", "drafts/terms.html")


@anyone
def privacy_notice() -> ResponseReturnValue:
    """What is kept of whom, for how long, and who sees it."""
    return shown("privacy", "drafts/privacy_notice.html")


@anyone
def accessibility() -> ResponseReturnValue:
    """What the site does so that everybody can use it, and what is not known."""
    return shown("accessibility", "drafts/accessibility.html")


@anyone
def contact() -> ResponseReturnValue:
    """Whom to write to, about what."""
    return shown("contact", "drafts/contact.html")
