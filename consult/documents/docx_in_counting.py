"""How does Word write the n-th number in each of its number formats?

The names are those of OOXML (ST_NumberFormat). A format that is not here is written in plain digits: a label that
the moderator can mend is better than a paragraph without one.
"""

from collections.abc import Callable

from consult.core.numerals import han, roman

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
ARABIC_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
HINDI = "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह"
KOREAN = "가나다라마바사아자차카타파하"
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
HAN_DIGITS = "〇一二三四五六七八九"
MOST = 32767  # Word counts no further, and an absurd start value must not become an absurdly long label


def _han(value: int) -> str:
    """十一, 一百零三: as articles are counted."""
    return han(value) if value < 10_000 else str(value)


def _repeated(letters: str) -> Callable[[int], str]:
    """z, then aa: Word repeats the letter."""
    return lambda value: letters[(value - 1) % len(letters)] * min((value - 1) // len(letters) + 1, 30)


def _cycled(letters: str) -> Callable[[int], str]:
    return lambda value: letters[(value - 1) % len(letters)]


def _digits(zero: str) -> Callable[[int], str]:
    return lambda value: "".join(chr(ord(zero) + int(digit)) for digit in str(value))


def _ordinal(value: int) -> str:
    tail = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{tail}"


def _hebrew(value: int) -> str:
    """Gimatria, with 15 and 16 as custom has them."""
    written, left = "", value
    for size, letter in zip((400, 300, 200, 100), "תשרק", strict=True):
        written += letter * (left // size)
        left %= size
    if left in (15, 16):
        return written + "ט" + "וז"[left - 15]
    written += HEBREW[8 + left // 10] if left >= 10 else ""
    return written + (HEBREW[left % 10 - 1] if left % 10 else "")


def _circled(value: int) -> str:
    return chr(0x245F + value) if 1 <= value <= 20 else str(value)


FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _repeated(LATIN),
    "upperLetter": _repeated(LATIN.upper()),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "decimalZero": lambda value: f"{value:02d}",
    "ordinal": _ordinal,
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "russianLower": _repeated(RUSSIAN),
    "russianUpper": _repeated(RUSSIAN.upper()),
    "arabicAlpha": _repeated(ARABIC_ALPHA),
    "arabicAbjad": _repeated(ARABIC_ABJAD),
    "hebrew1": _hebrew,
    "hebrew2": _repeated(HEBREW),
    "thaiLetters": _repeated(THAI),
    "thaiNumbers": _digits("๐"),
    "hindiConsonants": _repeated(HINDI),
    "hindiLetters": _repeated(HINDI),
    "hindiNumbers": _digits("०"),
    "ganada": _cycled(KOREAN),
    "aiueo": _cycled(KANA),
    "aiueoFullWidth": _cycled(KANA),
    "decimalFullWidth": _digits("０"),
    "decimalFullWidth2": _digits("０"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographTraditional": _cycled(STEMS),
    "ideographZodiac": _cycled(BRANCHES),
    "ideographDigital": lambda value: "".join(HAN_DIGITS[int(digit)] for digit in str(value)),
    "japaneseDigitalTenThousand": lambda value: "".join(HAN_DIGITS[int(digit)] for digit in str(value)),
    "taiwaneseDigital": lambda value: "".join(HAN_DIGITS[int(digit)] for digit in str(value)),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"), _han
    ),
    **dict.fromkeys(("taiwaneseCountingThousand", "koreanCounting", "ideographEnclosedCircle"), _han),
}


def counted(value: int, style: str) -> str:
    """The value as Word prints it; nought and less exist in digits only."""
    value = min(value, MOST)
    return FORMATS[style](value) if style in FORMATS and value > 0 else str(value)
