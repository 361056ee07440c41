"""Which settings does this room have?"""

from pathlib import Path

from flask import current_app


def font_folders() -> tuple[Path, ...]:
    """Further folders of fonts for PDF."""
    return tuple(Path(one) for one in current_app.config["FONT_FOLDERS"].split(":") if one)
