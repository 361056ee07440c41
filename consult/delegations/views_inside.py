"""What stands beside a delegation's papers: its deadline, and its discussion of a paper. And remarks that came signed out."""

from flask import g, render_template, request, url_for
from markupsafe import Markup

from consult.comments import keeping
from consult.comments.inside import NOTHING, Inside
from consult.comments.reads import kept_words, paper_row
from consult.core.actors import Actor
from consult.db import session
from consult.delegations import reads
from consult.delegations.forms import RemarkForm
from consult.drafts.reads import Consulted
from consult.rounds.reads import timetable
from consult.web.gates import actor

REMARKS = {"delegations.remark", "delegations.paper_remark"}


def inside(who: Actor, consulted: Consulted, key: str | None) -> Inside:
    """The deadline above the papers; below one paper, what the delegation says of it."""
    row, speaking = paper_row(session(), who, consulted, key) if key else (None, who)
    if speaking.place is None or speaking.is_impartial_in(consulted.id):
        return NOTHING
    times = timetable(session(), consulted, g.reached_at)
    own = [one for one in times.rounds if row and one.id == row.round_id]
    round_ = own[0] if own else times.current or times.next
    voice = speaking.place.slug
    page = {
        "consulted": consulted,
        "round": round_,
        "deadline": reads.inner_deadline(session(), speaking, consulted, round_, g.reached_at)
        if round_
        else None,
        "key": key,
        "voice": voice,
        "discussion": reads.discussion(session(), speaking, consulted, row.id) if row else None,
    }
    form = remark_form(voice, discussion_place(consulted.slug, key)) if key else None
    above = Markup(render_template("delegations/above.html", page=page))  # noqa: S704
    below = render_template("delegations/below.html", page=page, form=form) if key else ""
    return Inside(above, Markup(below))  # noqa: S704


def remark_form(voice: str, path: str) -> RemarkForm:
    """The form of a remark: with what was written before and could not be taken, if anything was."""
    kept = kept_words(session(), actor(), path, g.reached_at)
    words = kept.fields.get("words", "") if kept else ""
    return RemarkForm.posted(voice=voice, form_key=RemarkForm.fresh_key(), words=words)


def discussion_place(slug: str, key: str | None) -> str:
    """What a remark is about: the same in every language."""
    about = f"contributions/{key}" if key else "delegation"
    return f"/consultations/{slug}/{about}/discussion"


def keep_signed_out() -> None:
    """Keeps the words of a remark that arrives signed out."""
    if request.endpoint in REMARKS:
        keep_remark()


def keep_remark() -> None:
    """Keeps the words of a remark that is not taken."""
    words = request.form.get("words", "").strip()
    named = request.view_args or {}
    if words:
        keeping.keep_fields(discussion_place(str(named.get("slug")), named.get("key")), {"words": words})


def paper_address(slug: str, key: str) -> str:
    """Where a paper and its discussion stand."""
    return url_for("comments.paper", slug=slug, key=key, _anchor="discussion")
