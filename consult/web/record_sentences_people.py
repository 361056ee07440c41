"""What do the record's entries about people, organisations and rosters say?"""

from collections.abc import Callable, Mapping
from typing import Any

Facts = Mapping[str, Any]

SENTENCES: dict[str, Callable[[Facts], str]] = {}
"""By act; `record_sentences` takes them up."""
