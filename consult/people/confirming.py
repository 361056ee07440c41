"""Is it still she? What opens an account is changed only by whoever has just proved it, in this very sign-in."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult import clock
from consult.db import session
from consult.people.reads_factors import is_confirmed
from consult.web.gates import actor
from consult.web.transaction import SAFE

P = ParamSpec("P")


def confirmed(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """For whoever has just proved that it is she; others are asked, and led back."""

    @wraps(view)
    def asked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if is_confirmed(session(), actor(), clock.now()):
            return view(*args, **kwargs)
        back = request.full_path.rstrip("?") if request.method in SAFE else url_for("people.factors")
        return redirect(url_for("people.confirmation", next=back), 303)

    return asked
