"""What are the kinds of rows called that are held of somebody, and what becomes of them when she leaves?"""

from typing import Any

from flask_babel import lazy_gettext as _

from consult.privacy.holdings import Kind

LABELS: dict[Kind, Any] = {
    Kind.ACCOUNT: _("Your account: name, e-mail address, language, time zone, pseudonym"),
    Kind.SIGN_IN: _("How and where you signed in: browsers by kind, passkeys, codes, linked accounts"),
    Kind.SEATS: _("Seats, roles and interests declared"),
    Kind.ASKED: _("Requests and proposals that you made, invitations to you and by you"),
    Kind.PAPERS: _("Papers, remarks and words kept for you; nobody outside your delegation sees them"),
    Kind.COMMENTS: _("Comments and positions that you wrote or submitted"),
    Kind.LETTERS: _("Letters to you, and what you follow"),
    Kind.OFFICE: _(
        "What you did as moderator, translator, administrator or for your organisation’s accreditation"
    ),
    Kind.JOURNAL: _("The journal of what you did here; kept twelve months, never public"),
}

AT_LEAVING: dict[Kind, Any] = {
    Kind.ACCOUNT: _("erased, but for the pseudonym"),
    Kind.SIGN_IN: _("erased"),
    Kind.SEATS: _("ended; words erased"),
    Kind.ASKED: _("words and addresses erased"),
    Kind.PAPERS: _("your own erased; those of a delegation stay with it, under the pseudonym"),
    Kind.COMMENTS: _("stay: an organisation’s under its name, your own under the pseudonym"),
    Kind.LETTERS: _("erased"),
    Kind.OFFICE: _("stays, under the pseudonym"),
    Kind.JOURNAL: _("erased, but for that something was done in a delegation"),
}
