"""What happens in the child that reads one file: it limits itself, reads, and answers.

The limits come after the imports, which are ours, and before the first byte of the file.
"""

import json
import resource
import sys

from consult.documents.docx_in import read_docx
from consult.documents.guard import LARGEST_FILE, MEBIBYTE, ExpandsTooMuch
from consult.documents.outline import to_json
from consult.refusals import Refusal

MEMORY = 1536 * MEBIBYTE  # of addresses: the libraries alone take half of it
SECONDS = 30


def answer() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        said: dict[str, object] = {"outline": to_json(read_docx(sys.stdin.buffer.read(LARGEST_FILE + 1)))}
    except Refusal as refused:
        said = {"refused": type(refused).__name__, "facts": vars(refused)}
    except MemoryError:
        said = {"refused": ExpandsTooMuch.__name__, "facts": {"part": ""}}
    sys.stdout.write(json.dumps(said))
    sys.stdout.flush()
