"""The first page: what waits for me."""

from flask import render_template

from admin.page import page


@page("/", "registry.read")
def home() -> str:
    """What waits for whoever looks."""
    return render_template("home/home.html")
