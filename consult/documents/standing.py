"""How does an outline stand after the steps taken so far?"""

from collections.abc import Mapping, Sequence
from typing import Any

from consult.documents.outline import Outline, from_json
from consult.documents.steps import replayed, step_from


def standing(read: Mapping[str, Any], steps: Sequence[Mapping[str, Any]]) -> Outline:
    """What was read from the file, with every stored step done again in order."""
    return replayed(from_json(read["outline"]), [step_from(step) for step in steps])
