"""Which numbers are missing from the count, and which stand twice?

A count runs through the whole text or starts again under each heading: both are told from the numbers themselves.
A number that follows is right, a first one starts again, a later one leaves a gap. The same number is told once.
"""

from collections import Counter
from collections.abc import Sequence

from consult.documents.labels import Reading
from consult.documents.outline import DuplicateNumber, GapInNumbers, Warning_

RUN_ON = {"1", "article", "section", "chapter"}  # may go on counting after a short list in the same numbers
Numbered = tuple[str, Reading, int]


def noticed(numbers: Sequence[Numbered]) -> tuple[Warning_, ...]:
    """`numbers` are label, reading and depth of every numbered clause, in order."""
    gaps: list[Warning_] = []
    doubled: Counter[str] = Counter()
    counts: dict[tuple[str, tuple[int, ...]], list[Numbered]] = {}
    for each in numbers:
        number, found, depth = each
        if not found.values:
            continue
        running = counts.setdefault((found.family, found.values[:-1]), [])
        before = _goes_on_from(running, found.value)
        if before is None and found.family.strip("().-:") not in RUN_ON:
            running[:] = [other for other in running if other[2] < depth]
        elif before and before[1].value < found.value:
            running.remove(before)
            if before[1].value + 1 < found.value:
                gaps.append(GapInNumbers(after=before[0], before=number))
        elif before and before[0] == number:
            doubled[number] += 1
        running.append(each)
    return (*gaps, *(DuplicateNumber(number, count + 1) for number, count in doubled.items()))


def _goes_on_from(running: Sequence[Numbered], value: int) -> Numbered | None:
    """The count that this number continues: the one right before it, else the nearest; a first number begins one."""
    if value == 1:
        return None
    lower = [other for other in running if other[1].value <= value]
    exact = [other for other in lower if other[1].value == value - 1]
    nearest = exact or sorted(lower, key=lambda other: other[1].value)
    return nearest[-1] if nearest else None
