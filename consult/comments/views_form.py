"""Writing a comment: the form on a clause, and its redline as one types."""

from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.comments import acts, keeping, reads
from consult.comments.forms import ContributionForm, PressForm, in_language
from consult.comments.inside import NOTHING, Inside, inside
from consult.comments.refusals import (
    ChangedMeanwhile,
    Incomplete,
    NotOpenYet,
    SentWithOtherWords,
    TooLate,
    VoiceNotChosen,
)
from consult.core.actors import Actor
from consult.core.diff import Run
from consult.core.terms import AmendmentKind
from consult.db import session
from consult.drafts.reads import Consulted, consultation
from consult.refusals import NotThere, Refusal
from consult.web.gates import actor, signed_in
from consult.web.locale import preferred, spoken
from consult.web.transaction import reads_first


@dataclass(slots=True)
class Writing:
    """What the page of the form shows; `words` where she may send them no more."""

    about: reads.Commenting
    standing: reads.Standing
    kept: reads.KeptLine | None = None
    paper: reads.PaperLine | None = None
    runs: tuple[Run, ...] = ()
    is_changed_meanwhile: bool = False
    inside: Inside = NOTHING
    words: tuple[str, ...] = ()

    @property
    def consulted(self) -> Consulted:
        """The consultation."""
        return self.about.consulted

    @property
    def voice(self) -> str:
        """The slug of the organisation that she speaks for; empty where she speaks for herself."""
        return self.standing.place.slug if self.standing.place else ""


@signed_in
def new(slug: str, ordinal: int, code: str) -> ResponseReturnValue:
    """The form on a clause of a draft."""
    page = _writing(slug, ordinal, code)
    if request.method == "GET" and code != page.about.clause.code:
        return redirect(url_for("comments.new", slug=slug, ordinal=ordinal, code=page.about.clause.code), 302)
    form = ContributionForm.about(page.about, page.voice, _start(page))
    if form.press != "preview" and form.accepted:
        try:
            return redirect(_taken(page, form), 303)
        except (TooLate, NotOpenYet) as no:
            return untimely(page, no)
        except Refusal as no:
            refuse(page, form, no)
    return shown(page, form)


@signed_in
@reads_first
def redline(slug: str, ordinal: int, code: str) -> ResponseReturnValue:
    """What the words typed so far would change: a fragment for the form, which writes nothing."""
    page = _writing(slug, ordinal, code)
    kind, proposed = _proposed()
    return render_template(
        "comments/redline.html", page={"about": page.about, "runs": reads.redline(page.about, kind, proposed)}
    )


@signed_in
def discard(slug: str, ordinal: int, code: str) -> ResponseReturnValue:
    """Lets go of what was kept of this form."""
    page = _writing(slug, ordinal, code)
    if PressForm.posted().accepted:
        acts.discard_words(session(), actor(), keeping.place())
    here = url_for(
        "comments.new", slug=slug, ordinal=ordinal, code=page.about.clause.code, voice=page.voice or None
    )
    return redirect(here, 303)


def read_language(consulted: Consulted) -> str:
    """The language of the texts: the one asked for, else the interface's if offered, else the source."""
    wanted = request.args.get("read", "")
    if wanted and wanted not in consulted.offered:
        raise NotThere
    return wanted or preferred([spoken()], consulted.offered)


def cleared(slug: str, form: ContributionForm, who: Actor, paper: Any) -> str:
    """Takes a paper as far as the pressed button says. Answers where to go on."""
    if form.press == "submit":
        comment = acts.submit_comment(session(), who, paper, g.reached_at)
        return url_for("comments.show", slug=slug, number=comment.number)
    if form.press == "verify":
        acts.verify_contribution(session(), who, paper)
    voice = who.place.slug if who.place and len(who.places) > 1 else None
    return url_for("comments.mine", slug=slug, voice=voice, _anchor=paper.key)


def refuse(page: Writing, form: ContributionForm, no: Refusal) -> None:
    """Takes an act's refusal into the form."""
    if isinstance(no, NotThere):
        raise no
    if isinstance(no, Incomplete):
        form.mend(no)
    else:
        form.refuse(no)
    if isinstance(no, SentWithOtherWords):
        form.form_key.data = form.fresh_key()
    if isinstance(no, ChangedMeanwhile):
        form.edition.data, page.is_changed_meanwhile = str(no.edition), True


def shown(page: Writing, form: ContributionForm) -> ResponseReturnValue:
    """The form, with its redline; a refused one keeps every word, here and on the server."""
    if form.status != 200:
        keeping.keep(page.about.words.body)
        page.words = _sent_words()
    if not page.standing.hurdle:
        page.runs = reads.redline(page.about, form.kind, form.proposed.data or "")
        form.tell_choice(has_change=bool(page.runs))
        page.inside = inside(actor(), page.consulted)
    return render_template("comments/new.html", page=page, form=form), form.status


def untimely(page: Writing, no: TooLate | NotOpenYet) -> ResponseReturnValue:
    """The answer to what came too late or too early: what happened, when, and all that was written."""
    keeping.keep(page.about.words.body)
    told = {"writing": page, "no": no, "is_late": isinstance(no, TooLate), "words": _sent_words()}
    return render_template("comments/late.html", page=told), 422


def _writing(slug: str, ordinal: int, code: str) -> Writing:
    consulted = consultation(session(), actor(), slug, spoken())
    about = reads.commenting(
        session(),
        consulted,
        ordinal,
        code,
        read_language(consulted),
        g.reached_at,
        round_ordinal=_sent_number("round"),
        read_text_id=_sent_number("read_text"),
    )
    kept = (
        reads.kept_words(session(), actor(), keeping.place(), g.reached_at)
        if request.method == "GET"
        else None
    )
    return Writing(about, reads.standing(actor(), consulted), kept)


def _start(page: Writing) -> dict[str, Any]:
    """What the form starts with: kept words, or the comment that is to be replaced, or the reader's language."""
    if page.kept and request.args.get("kept"):
        return dict(page.kept.fields)
    number = request.args.get("supersedes", "")
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        return {"written_in": spoken()}
    line = reads.show(session(), page.consulted, int(number), page.about.words.language).line
    if line.voice.voice_id != actor().voice_id:
        raise NotThere
    one = line.amendment
    is_on_these_words = one is not None and one.base.text_id == page.about.words.text_id
    return {
        **in_language(line.language, page.consulted.offered),
        "supersedes": line.number,
        "stance": line.stance,
        "category": line.category,
        "reasons": reads.original_reasons(session(), line),
        "amendment": one.kind if one and is_on_these_words else "",
        "proposed": one.proposed.body
        if one and one.proposed and is_on_these_words
        else page.about.words.body,
    }


def _taken(page: Writing, form: ContributionForm) -> str:
    if (form.voice.data or "") != page.voice:
        raise VoiceNotChosen
    if page.about.round is None:
        raise NotThere
    paper = acts.write_contribution(
        session(), actor(), page.consulted.id, form.answer(page.about), g.reached_at
    )
    acts.discard_words(session(), actor(), keeping.place())
    return cleared(page.consulted.slug, form, actor(), paper)


def _proposed() -> tuple[AmendmentKind | None, str]:
    kind = request.form.get("amendment", "")
    return AmendmentKind(kind) if kind in list(AmendmentKind) else None, request.form.get("proposed", "")


def _sent_words() -> tuple[str, ...]:
    sent = [request.form.get(name, "").strip() for name in ("proposed", "reasons", "private_notes")]
    return tuple(words for words in sent if words)


def _sent_number(name: str) -> int | None:
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
