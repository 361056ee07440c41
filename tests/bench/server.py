"""What is measured, under gunicorn: the program, and beside it two bare pages in the same processes."""

import os

from flask import Flask, Response, render_template_string, request
from sqlalchemy import select

from consult import create_app
from consult.db import session
from consult.languages.models import Text
from consult.web.gates import anyone

ROWS = """<!doctype html><html lang="en"><title>100 rows</title><ul>
{% for row in rows %}<li lang="{{ row.language }}">{{ row.body }}</li>{% endfor %}</ul></html>"""


def measured_app() -> Flask:
    """The program with the two bare pages."""
    app = create_app()
    kept: dict[str, bytes] = {}

    @app.get("/bare/memory")
    @anyone
    def memory() -> Response:
        """The same bytes as the page named, from memory."""
        address = request.args["of"]
        if address not in kept:
            kept[address] = app.test_client().get(address).data
        return Response(kept[address], mimetype="text/html")

    @app.get("/bare/rows")
    @anyone
    def rows() -> str:
        """A hundred rows read by SQLAlchemy Core, and rendered."""
        ids = [int(one) for one in os.environ["BENCH_TEXTS"].split(",")]
        table = Text.__table__
        found = session().execute(select(table.c.language, table.c.body).where(table.c.id.in_(ids))).all()
        return render_template_string(ROWS, rows=found)

    return app


app = measured_app()
