"""What do people do with words on a clause? Every act of this room, each told in its own file."""

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

__all__ = [
    "DROPPING",
    "NewContribution",
    "carry_positions",
    "change_contribution",
    "discard_words",
    "drop_contribution",
    "drop_words",
    "hide_comment",
    "keep_words",
    "name_author",
    "restore_comment",
    "return_contribution",
    "send_contribution",
    "submit_comment",
    "take_over_words",
    "take_position",
    "verify_contribution",
    "withdraw_comment",
    "withdraw_name",
    "write_contribution",
]
