"""What are the proposed statuses called?"""

from flask_babel import lazy_gettext as _

from consult.core.consensus import Status

STATUS_LABELS = {
    Status.FULL_CONSENSUS: _("Full consensus"),
    Status.CONSENSUS: _("Consensus"),
    Status.CONSENSUS_ONCE_ANSWERED: _("Consensus, once the standing objections are answered"),
    Status.SIGNIFICANT_OPPOSITION: _("Strong support, but significant opposition"),
    Status.DIVERGENCE: _("Divergence"),
    Status.INSUFFICIENT: _("Too few to say"),
}
