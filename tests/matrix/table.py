"""Who may do what? Each route: who sees it, who may send it, and who may only look. What is not said here is a 404.

The words: `all`; `signed` (any account); `own` (the delegation that the thing belongs to), `clearers` and `heads` of it;
`seats` (whoever sits anywhere); `chairs` (moderators of that consultation); `moderator` (of all
consultations); `translator`; `admin`; `visitors`; with `@place` only there. Of a restricted consultation each is cut down to the parties
and its moderators; an administrator who does not moderate it is nobody there.
"""

from dataclasses import dataclass

OWN = {
    "ours": ("contributor", "deputy", "head", "acting_head"),
    "theirs": ("other_head",),
}
CHAIRS = ("chair", "moderator")
SIGNED = (
    *("newcomer", *OWN["ours"], "revoked", *OWN["theirs"]),
    *("chair", "other_chair", "moderator", "translator", "administrator"),
)


@dataclass(frozen=True)
class Row:
    """One route. `sees`: to whom GET and HEAD answer; `sends`: for whom a POST may change something."""

    endpoint: str
    sees: str
    sends: str = ""


def roles(words: str, place: str) -> frozenset[str]:
    """The roles that these words mean at a place."""
    own = OWN["theirs" if place == "theirs" else "ours"]
    meant = {
        "all": ("visitor", "signed_out", *SIGNED),
        "signed": SIGNED,
        "own": own,
        "clearers": tuple(one for one in own if one != "contributor"),
        "heads": tuple(one for one in own if one in ("head", "acting_head", "other_head")),
        "seats": (*OWN["ours"], *OWN["theirs"]),
        "seat_heads": ("head", "acting_head", "other_head"),
        "chairs": CHAIRS,
        "moderator": ("moderator",),
        "translator": ("translator",),
        "admin": ("administrator",),
        "visitors": ("visitor", "signed_out"),
    }
    asked = (word.partition("@") for word in words.split())
    return frozenset(role for word, _, only in asked if only in ("", place) for role in meant[word])


def behind_the_door(place: str) -> frozenset[str]:
    """Who sees a consultation at this place at all."""
    return frozenset((*OWN["ours"], *CHAIRS)) if place == "restricted" else roles("all", place)


def _rows(text: str) -> tuple[Row, ...]:
    lines = (
        line.split("#")[0].split("|") for line in text.strip().splitlines() if line.split("#")[0].strip()
    )
    return tuple(Row(*(part.strip() for part in line)) for line in lines)


TABLE = _rows("""
asset                       | all
provider.answer             |                   # opens only what a sign-in at the provider began

rounds.home                 | all
rounds.consultations        | all
rounds.overview             | all
rounds.timetable            | all
rounds.new                  | chairs            | chairs
rounds.extension            | chairs            | chairs

drafts.accessibility        | all
drafts.counting             | all
drafts.record               | all
drafts.terms                | all
drafts.privacy_notice       | all
drafts.contact              | all
drafts.mechanism            | chairs@restricted | chairs@restricted   # the only multilateral one
drafts.opening              | chairs@restricted | chairs@restricted
drafts.parties              |                   # no bilateral talks here
drafts.interests            | all
drafts.new                  | moderator         | moderator
drafts.publish              | chairs            | chairs
drafts.access               | chairs            | chairs
drafts.additions            | chairs            | chairs
drafts.new_list             | chairs            | chairs
drafts.roster_list          |                   # a key of nobody's
drafts.interest             | chairs translator@here translator@theirs | chairs translator@here translator@theirs
drafts.team                 | chairs admin      | chairs admin
drafts.unask                |                   # a key of nobody's
drafts.end_role             | chairs admin      | chairs admin
drafts.hand_over_role       | chairs admin      | chairs admin
drafts.mechanisms           | admin             | admin
drafts.members              |                   # a key of nobody's
drafts.remove_member        |
drafts.rename_mechanism     |
roster.show                 | chairs
roster.head                 | chairs@here chairs@theirs chairs@restricted   # ours has one; in the closed round it is no party
roster.part                 | chairs            | chairs
roster.remind               | chairs            | chairs
roster.remove               | chairs@here chairs@theirs chairs@restricted | chairs@here chairs@theirs chairs@restricted
roles.people                | admin
roles.person                | admin
roles.give                  | admin             | admin
roles.end                   | admin             | admin

comments.show               | all
comments.mine               | signed
comments.new                | signed            | seats
comments.redline            | signed
comments.discard            | signed            | signed
comments.paper              | own               | own
comments.discard_edit       | own               | own
comments.drop               | own               | own
comments.send               | own               | own
comments.send_back          | own               | clearers
comments.verify             | own               | clearers
comments.submission         | own               | heads
comments.naming             | own               | own
comments.withdrawal         | signed            | heads
comments.step_back          | signed            |
comments.unnaming           | signed            |
comments.hide               | chairs            | chairs
comments.restore            | chairs            | chairs
comments.redaction          | chairs admin      | chairs admin

consensus.reader            | all
consensus.section           | all
consensus.clause            | all
consensus.stand             | all
outcome.changes             |                   # there is one draft
outcome.responses           |                   # nothing is answered yet

consolidation.desks         | chairs
consolidation.desk          | chairs
consolidation.dispositions  | chairs            | chairs
consolidation.settlement    | chairs            | chairs
consolidation.themes        | chairs            | chairs
consolidation.publication   | chairs            | chairs

delegations.organisation    | all
delegations.work            | signed
delegations.deadline        | seat_heads@here seat_heads@theirs seat_heads@restricted | seat_heads@here seat_heads@theirs seat_heads@restricted
delegations.no_deadline     | signed            | seat_heads          # a button; others are led back
delegations.remark          | seats             | seats
delegations.paper_remark    | own               | own
delegations.submission      | seats             | seat_heads
delegations.verification    | seats             | seats
delegations.withdrawal      | seats             | seat_heads
delegations.sponsors        | own               | clearers
delegations.no_sponsor      | own               | clearers
delegations.sponsoring      |                   # nobody was asked to co-sponsor this one
delegations.clear           |
delegations.decline         |
delegations.verify          |

documents.upload            | chairs            | chairs
documents.outline           |                   # a key of nobody's
documents_out.downloads     | all
documents_out.file          | all               | all

organisations.list          | all
organisations.mine          | signed
organisations.new           | signed            | signed
organisations.proposals     | admin
organisations.proposal      |                   # both are entered
organisations.request       | signed            | signed
organisations.withdraw_request | signed         | signed
organisations.delegation    | own admin
organisations.invite        | heads admin       | heads admin
organisations.remind        |                   # a key of nobody's
organisations.revoke        |
organisations.seat          | heads admin       | heads admin
organisations.answer        |
organisations.leaving       | own               | own
organisations.handing_over  | heads@here        | heads@here          # theirs has nobody to hand over to
organisations.clearance     | heads             | heads
organisations.description   | heads admin       | heads admin
organisations.website       | heads admin       | heads admin
organisations.mandate       | heads admin       | heads admin
organisations.mandate_file  |
organisations.administration | admin
organisations.accreditation | admin             | admin
organisations.name          | admin             | admin
organisations.place         | admin             | admin
organisations.disabling     | admin             | admin
organisations.restoration   | admin             | admin
organisations.merger        | admin             | admin
organisations.invitation    |                   # a link that opens nothing
organisations.decline       |
organisations.invitations   | admin             | admin
organisations.remind_at_large |
organisations.revoke_at_large |

notices.inbox               | signed
notices.preferences         | signed            | signed
notices.read_all            | signed            | signed
notices.following           | signed            | signed
notices.letter              |                   # a name of nobody's
notices.send_again          |
notices.health              | admin
notices.unsubscribe         |
notices.outbox              |                   # in the demonstration only
notices.outbox_letter       |

people.record               | all
people.sign_in              | all
people.sign_out             | all               | signed
people.register             | all               | visitors
people.password             | all               | all
people.welcome              | signed
people.profile              | signed            | signed
people.change_email         | signed            | signed
people.change_password      | signed            | signed
people.confirmation         | signed            | signed
people.sessions             | signed
people.revoke               | signed            | signed
people.revoke_others        | signed            | signed
people.factors              | signed
people.app                  | signed            | signed
people.remove_app           | signed            | signed
people.new_codes            | signed            | signed
people.codes_text           | signed            | signed
people.new_passkey          | signed            | signed
people.new_passkey_question | signed            | signed
people.remove_passkey       | signed            | signed
people.link_provider        |                   # no provider is set
people.unlink_provider      | signed
people.provider             |
people.passkey              | all
people.passkey_question     | all               | all
people.second               |                   # no first step was taken
people.second_passkey       | all                 # and says that the first step is over
people.second_question      |
people.confirm              |                   # links that open nothing
people.confirm_email        |
people.new_password         |
people.sign_in_link         |

privacy.mine                | signed
privacy.left                | all
privacy.ask                 | signed            | signed
privacy.takeout             |                   # a key of nobody's
privacy.leaving             | signed            | signed
""")
