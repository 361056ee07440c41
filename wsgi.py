"""The door for gunicorn and `flask`."""

from consult import create_app

app = create_app()
