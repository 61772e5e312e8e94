"""What companies file: a form for each kind, begun empty or with what a draft or a returned filing says."""

import hashlib
import json
import secrets
from itertools import zip_longest
from typing import Any

import marshmallow as ma
from flask import render_template, request

from admin import asked, forms
from admin.failing import inline
from admin.page import act, done, gettext, one_line, page
from registry.enterprises.kinds import LegalForm
from registry.filings import engine, queries, service
from registry.filings.content import Content, from_bag, to_bag
from registry.filings.forms import FORMS, OWN, read, write
from registry.filings.kinds import Kind
from registry.filings.model import Filing
from registry.http import current_actor
from registry.http.problem import STATUS
from registry.kernel.actor import Actor
from registry.kernel.errors import Invalid, NotFound, Problem
from registry.papers import queries as papers
from registry.papers import service as papers_service
from registry.papers.kinds import PaperKind
from registry.papers.model import Paper
from registry.signatures.kinds import SignatureSource
from registry.store import unit_of_work

SLOTS = 3  # papers that one sending of the form uploads


@page("/filings/new", "filing.submit")
def choose() -> str:
    """Which kind."""
    return render_template("filings/choose.html", kinds=Kind)


@page("/filings/eligibility", "filing.read")
def eligible() -> str:
    """May this enterprise have this category?"""
    form, source = asked.text("legal_form"), asked.text("source")
    said = {
        "enterprise": asked.text("enterprise"),
        "legal_form": form if form in list(LegalForm) else LegalForm.COMPANY.value,
        "industry": asked.text("industry"),
        "source": source if source in list(SignatureSource) else "",
    }
    rows, problem = [], None
    try:
        rows = queries.eligibility(current_actor(), **said)
    except NotFound as unknown:
        problem = inline(unknown)
    lists = {"forms": LegalForm, "sources": SignatureSource}
    return render_template("filings/eligibility.html", rows=rows, said=said, problem=problem, **lists)


@page("/filings/new/<string:kind>", "filing.submit")
def new(kind: str) -> str:
    """The empty form of a kind, with one's own enterprise filled in."""
    actor, which = current_actor(), _kind(kind)
    own = dict.fromkeys(OWN.get(which, ()), actor.enterprise or "")
    return _form(which, own | {name: asked.text(name) for name in request.args}, [])


@act("/filings/new/<string:kind>", "filing.submit")
def file(kind: str) -> Any:
    """File it: as a draft, or handed in at once."""
    which = _kind(kind)
    listed = list(request.form.getlist("papers"))
    try:
        content = _content(which, current_actor(), listed)
        if one_line("check"):
            told = service.dry_run(current_actor(), content, papers=listed)
            return _form(which, _sent(which), listed, told=told)
        said: dict[str, Any] = {"papers": listed, "note": one_line("note"), "submit": bool(one_line("submit"))}
        filing = service.file(current_actor(), content, reference_id=_reference(content), **said)
    except Problem as problem:
        return _form(which, _sent(which), listed, problem=problem), STATUS[type(problem)]
    return _done(filing)


@page("/filings/<string:key>/mend", "filing.submit")
def mend_form(key: str) -> str:
    """The form with what the filing says."""
    filing = queries.find(current_actor(), key)
    values = forms.shown(write(from_bag(filing.kind, filing.content), filing.kind))
    return _form(filing.kind, values | {"note": filing.note}, filing.papers, filing=filing)


@act("/filings/<string:key>/mend", "filing.submit")
def mend(key: str) -> Any:
    """Change what it says, and hand it in again where that was asked for: both or neither."""
    actor = current_actor()
    filing, listed = queries.find(actor, key), list(request.form.getlist("papers"))
    try:
        content = _content(filing.kind, actor, listed)
        if one_line("check"):
            told = service.dry_run(actor, content, papers=listed, applicant=filing.applicant)
            return _form(filing.kind, _sent(filing.kind), listed, filing, told=told)
        with unit_of_work():
            version = asked.sent_version()
            filing = service.mend(actor, key, content, papers=listed, note=one_line("note"), version=version)
            if one_line("submit"):
                filing = service.submit(actor, key)
    except Problem as problem:
        filing = queries.find(actor, key)
        return _form(filing.kind, _sent(filing.kind), listed, filing, problem), STATUS[type(problem)]
    return _done(filing)


def _kind(text: str) -> Kind:
    if text not in list(Kind):
        raise NotFound("no_such_kind", f"there are no filings of kind {text[:20]!r}")
    return Kind(text)


def _content(kind: Kind, actor: Actor, listed: list[str]) -> Content:
    """What the form says; papers that came with it are taken in and added to the list. Raises Invalid."""
    listed += _uploaded(actor)
    try:
        return read(kind, forms.sent(forms.fields_of(FORMS[kind])), actor.enterprise)
    except ma.ValidationError as error:
        raise forms.objections(error) from error
    except ValueError as error:
        raise Invalid("unreadable", str(error)) from error


def _reference(content: Content) -> str:
    """The same for a form that is sent twice as it is, by a second click or after going back: it files once."""
    said = json.dumps([one_line("form"), to_bag(content)], sort_keys=True)
    return f"form-{hashlib.sha256(said.encode()).hexdigest()[:32]}" if one_line("form") else ""


def _uploaded(actor: Actor) -> list[str]:
    said = [request.form.getlist(name) for name in ("paper_kind", "name_on_it", "code_on_it")]
    sent: Any = zip_longest(request.files.getlist("paper"), *said, fillvalue="")
    return [_kept(actor, *each).key for each in sent if each[0]]


def _kept(actor: Actor, file: Any, kind: str, name: str, code: str) -> Paper:
    raw, title = file.read(), file.filename or ""
    if kind != PaperKind.LICENCE:
        return papers_service.upload(actor, raw, title, kind)
    return papers_service.upload(actor, raw, title, kind, name_on_it=name[:200], code_on_it=code[:200])


def _sent(kind: Kind) -> dict[str, Any]:
    lists = {field.name for field in forms.fields_of(FORMS[kind]) if field.kind in ("choices", "provinces")}
    return {name: request.form.getlist(name) if name in lists else value for name, value in request.form.items()}


def _done(filing: Filing) -> Any:
    said = gettext("The filing is handed in.") if one_line("submit") else gettext("The draft is kept.")
    return done(said, "filings_one", key=filing.key)


def _form(
    kind: Kind,
    values: dict[str, Any],
    listed: list[str],
    filing: Filing | None = None,
    problem: Problem | None = None,
    told: service.DryRun | None = None,
) -> str:
    return render_template(
        "filings/form.html",
        kind=kind,
        fields=forms.fields_of(FORMS[kind]),
        values=values,
        papers=papers.of_keys(listed),
        paper_kinds=PaperKind,
        slots=SLOTS,
        form=one_line("form") or secrets.token_hex(16),
        filing=filing,
        problem=inline(problem) if problem else None,
        told=told,
        checks={check.code: check for check in engine.catalogue()},
    )
