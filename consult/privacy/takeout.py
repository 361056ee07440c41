"""How is everything that is held of a person written down? A file for programs, and one that says what it is."""

import json
import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

SCHEMA = 1
ABOUT = (
    "Everything that Consult holds of the person named under 'pseudonym'. 'tables' has a list of rows for each kind of "
    "thing; 'as' says how a row names her. Times are UTC, ISO 8601. Organisations and consultations stand by the name "
    "that their address has, comments by their number. Other people are 'somebody else'. Secrets are told, not given. "
    "A table without rows holds nothing of her."
)


def written(
    pseudonym: str, made_at: datetime, tables: Mapping[str, list[dict[str, Any]]], read_me: str
) -> bytes:
    """The ZIP file: data.json, and README.txt in her language."""
    told = {
        "schema": f"consult-takeout-{SCHEMA}",
        "about": ABOUT,
        "pseudonym": pseudonym,
        "made_at": made_at.isoformat(timespec="seconds"),
        "tables": tables,
    }
    rows = json.dumps(told, ensure_ascii=False, indent=1, default=str)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in (("README.txt", read_me), ("data.json", rows)):
            entry = zipfile.ZipInfo(name, made_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, words)
    return out.getvalue()
