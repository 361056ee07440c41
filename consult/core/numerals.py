"""How do people write a number in a label: 3, ٣, 三, iii, c, в, ج, الثالثة?

A style is named by how it writes its first number (for digits, its zero), so a count can go on as it began.
"""

import unicodedata
from collections.abc import Callable, Iterator

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HAN = "零一二三四五六七八九"
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
_ALPHABETS = {
    "a": "abcdefghijklmnopqrstuvwxyz",
    "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "а": "абвгдежзиклмнопрстуфхцчшщэюя",
    "А": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ",
    "أ": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}
_ORDINALS = {
    "الأولى": (
        *("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة", "التاسعة"),
        *("العاشرة", "الحادية عشرة", "الثانية عشرة", "الثالثة عشرة", "الرابعة عشرة", "الخامسة عشرة"),
        *("السادسة عشرة", "السابعة عشرة", "الثامنة عشرة", "التاسعة عشرة", "العشرون"),
    ),
    "الأول": (
        *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"),
        *("العاشر", "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر"),
        *("السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرون"),
    ),
}
_FIRST = frozenset(
    {"premier", "première", "primero", "primera", "único", "única", "unique", "первая", "первый"}
)

ORDINAL_WORDS = tuple(sorted({word for words in _ORDINALS.values() for word in words}, key=len, reverse=True))
FIRST_WORDS = tuple(sorted(_FIRST, key=len, reverse=True))


def readings(written: str) -> tuple[tuple[str, int], ...]:
    """Every style in which this can be a number, with the number; "i" is both a letter and a Roman one."""
    return tuple(_readings(written))


def written(style: str, value: int) -> str:
    """The number in this style; in digits where the style does not reach that far."""
    known: dict[str, Callable[[int], str]] = {
        "一": han,
        "i": roman,
        "I": lambda value: roman(value).upper(),
    }
    if style in known:
        return known[style](value)
    if style in _ALPHABETS:
        letters = _ALPHABETS[style]
        return letters[(value - 1) % len(letters)] * ((value - 1) // len(letters) + 1)
    if style in _ORDINALS:
        words = _ORDINALS[style]
        return words[value - 1] if value <= len(words) else str(value)
    return "".join(chr(ord(style) + int(digit)) for digit in str(value))


def roman(value: int) -> str:
    parts = []
    for size, sign in _ROMAN:
        parts.append(sign * (value // size))
        value %= size
    return "".join(parts)


def from_roman(text: str) -> int | None:
    """None for letters that make no Roman number."""
    value, rest = 0, text
    for size, sign in _ROMAN:
        while rest.startswith(sign):
            value, rest = value + size, rest[len(sign) :]
    return value if value and roman(value) == text else None


def han(value: int) -> str:
    parts = ""
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            parts += _HAN[digit] + sign
        elif parts and value and not parts.endswith("零"):
            parts += "零"
    return parts.removeprefix("一") if parts.startswith("一十") else parts


def from_han(text: str) -> int | None:
    value, digit = 0, 0
    for sign in text.replace("〇", "零").replace("两", "二"):
        if sign in _HAN_UNITS:
            value += (digit or 1) * _HAN_UNITS[sign]
            digit = 0
        elif sign in _HAN:
            digit = _HAN.index(sign)
        else:
            return None
    return value + digit or None


def _readings(text: str) -> Iterator[tuple[str, int]]:
    if text.isdecimal():
        zero = chr(ord(text[0]) - unicodedata.decimal(text[0]))
        yield zero, int(text)
    elif text.lower() in _FIRST:
        yield "0", 1
    for style, words in _ORDINALS.items():
        if text in words:
            yield style, words.index(text) + 1
    for style, letters in _ALPHABETS.items():
        if text and text == text[0] * len(text) and text[0] in letters and len(text) <= 3:
            yield style, letters.index(text[0]) + 1 + len(letters) * (len(text) - 1)
    if (value := from_roman(text.lower())) and text in (text.lower(), text.upper()):
        yield ("i" if text.islower() else "I"), value
    if value := from_han(text):
        yield "一", value
