"""Letters: the inbox, what is wanted by mail, how the sending goes, and in the demonstration the outbox."""

from consult.notices import views_letters, views_outbox

blueprints = (views_letters.bp,)

__all__ = ["blueprints", "views_outbox"]
