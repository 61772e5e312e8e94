"""The application as a WSGI server wants it."""

from registry.app import create_app

app = create_app()
