"""What do people do with words on a clause? Every act of this room, each told in its own file."""

from consult.comments.acts_joint import (
    ask_sponsor,
    clear_sponsorship,
    decline_sponsorship,
    end_sponsorship,
    join_comment,
    step_back,
    verify_sponsorship,
)
from consult.comments.acts_kept import DROPPING, discard_words, drop_words, keep_words, take_over_words
from consult.comments.acts_moderation import hide_comment, restore_comment
from consult.comments.acts_naming import name_author, withdraw_name
from consult.comments.acts_papers import (
    NewContribution,
    change_contribution,
    drop_contribution,
    return_contribution,
    send_contribution,
    verify_contribution,
    write_contribution,
)
from consult.comments.acts_positions import carry_positions, take_position
from consult.comments.acts_submitting import submit_comment, withdraw_comment
from consult.comments.acts_together import Missed, Together, submit_all, verify_all, withdraw_all
from consult.comments.policy import LIVE

__all__ = [
    "DROPPING",
    "LIVE",
    "Missed",
    "NewContribution",
    "Together",
    "ask_sponsor",
    "carry_positions",
    "change_contribution",
    "clear_sponsorship",
    "decline_sponsorship",
    "discard_words",
    "drop_contribution",
    "drop_words",
    "end_sponsorship",
    "hide_comment",
    "join_comment",
    "keep_words",
    "name_author",
    "restore_comment",
    "return_contribution",
    "send_contribution",
    "step_back",
    "submit_all",
    "submit_comment",
    "take_over_words",
    "take_position",
    "verify_all",
    "verify_contribution",
    "verify_sponsorship",
    "withdraw_all",
    "withdraw_comment",
    "withdraw_name",
    "write_contribution",
]
