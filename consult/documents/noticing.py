"""Which numbers are missing from the count, and which stand twice?

A count runs through the whole text or starts again under each heading: both are told from the numbers themselves.
A number that follows is right, a first one starts again, a later one leaves a gap. The same number is told once.
"""

from collections import Counter
from collections.abc import Sequence

from consult.documents.labels import Reading
from consult.documents.outline import DuplicateNumber, GapInNumbers, Warning_

Numbered = tuple[str, Reading, int]


def noticed(numbers: Sequence[Numbered]) -> tuple[Warning_, ...]:
    """`numbers` are label, reading and depth of every numbered clause, in order."""
    gaps: list[Warning_] = []
    last: dict[tuple[object, ...], Numbered] = {}
    doubled: Counter[str] = Counter()
    for each in numbers:
        number, found, depth = each
        if not found.values:
            continue
        key = (found.family, depth if len(found.values) == 1 else found.values[:-1])
        for deeper in [other for other in last if last[other][2] > depth]:
            if last[deeper][1].family != "(1)":
                del last[deeper]
        before = last.get(key)
        last[key] = each
        if before is None or found.value == before[1].value + 1 or found.value == 1:
            continue
        if found.value > before[1].value:
            gaps.append(GapInNumbers(after=before[0], before=number))
        elif found.value == before[1].value and before[0] == number:
            doubled[number] += 1
    return (*gaps, *(DuplicateNumber(number, count + 1) for number, count in doubled.items()))
