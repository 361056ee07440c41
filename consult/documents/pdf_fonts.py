"""Which fonts set which language, and where do they lie? They come as packages; the system's own are never used.

No package has every script. What none can show is refused by the caller, never printed as boxes.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import fontpkg_amiri  # type: ignore[import-untyped]
import fontpkg_noto_sans  # type: ignore[import-untyped]
import fontpkg_noto_sans_thai  # type: ignore[import-untyped]
import noto_cjk_sans_otc  # type: ignore[import-untyped]
import typst

_PACKAGES = (fontpkg_noto_sans, fontpkg_amiri, fontpkg_noto_sans_thai, noto_cjk_sans_otc)
_ARABIC = "[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\u200c\u200d\ufb50-\ufdff\ufe70-\ufefc]"
# Amiri has Latin letters too, but they fit badly beside those of the rest of the page.
AMIRI = {"name": "Amiri", "covers": _ARABIC}
_CHINESE = "Noto Sans CJK SC"
_EAST_ASIAN = {
    "zh": _CHINESE,
    "zh-Hant": "Noto Sans CJK TC",
    "zh-TW": "Noto Sans CJK TC",
    "zh-HK": "Noto Sans CJK HK",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
}

Family = str | dict[str, str]


def east_asian(language: str) -> str | None:
    """The font's name, for a language that is set in it first: its quotation marks are as wide as its letters."""
    family, *rest = language.split("-")
    return _EAST_ASIAN.get("-".join([family, *rest[:1]])) or _EAST_ASIAN.get(family)


def families(language: str, further: Sequence[str] = ()) -> list[Family]:
    """In the order in which each letter is sought. Words of another script within a text find theirs behind."""
    own = east_asian(language)
    usual: list[Family] = [AMIRI, "Noto Sans", own or _CHINESE, "Noto Sans Thai", *further]
    return [own, *(family for family in usual if family != own)] if own else usual


@lru_cache(maxsize=4)
def fonts(folders: tuple[Path, ...] = ()) -> tuple[typst.Fonts, tuple[str, ...]]:
    """The opened fonts, and the families that the further folders add to our own."""
    ours = [str(Path(str(package.__file__)).parent) for package in _PACKAGES]
    known = _opened(ours).families()
    opened = _opened([*ours, *map(str, folders)])
    return opened, tuple(family for family in opened.families() if family not in known)


def _opened(folders: list[str]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
