"""What comes in and goes out passes one door each: a form, a file, a CSV, a task or markup beside it is found.

Read from the code itself, so that a page written tomorrow is held to it without being named anywhere.
"""

import ast
import importlib
import inspect
import pkgutil
from functools import cache

import pytest
from django import forms

from config.local.places import ROOT
from injections.forms.base import CleanForm

APPS = ("injections", "billing", "config")
#: allauth's own forms, which allauth itself asks for; each only rewords what it inherits
FOREIGN = {
    *(f"config.second_factor.{name}" for name in ("CodeForm", "EnrolForm", "Given")),
    *(f"config.passkeys.{name}" for name in ("AddPasskeyForm", "PasskeyForm", "PasskeyAloneForm")),
}
CSV_DOOR = "injections/spreadsheet.py"
#: beside the door itself: a draft of rules, read at once as the text that it is and never about a patient
A_DRAFT = {"billing/forms/replay.py", "billing/views/replays.py"}
#: a picture is read at once and kept nowhere, so nothing is owed to anybody
A_PHOTO = {"injections/forms/photo.py", "injections/views/photo.py"}
UPLOAD_DOOR = {"injections/forms/upload.py", "injections/views/importing.py", "injections/coming_back.py"}
TEXT = ast.Constant | ast.JoinedStr | ast.Dict
LOOSE = ast.Name | ast.Starred | ast.JoinedStr
ASKED = {"request", "GET", "POST", "cleaned_data", "query_params"}
#: calls that take the *names* of columns, where a text from outside would become part of the query
NAMES = {"order_by", "values", "values_list", "only", "defer", "distinct", "annotate", "alias", "aggregate", "extra"}
LOOKUPS = {"filter", "exclude", "get", "get_or_create", "update_or_create", "create", "update", "Q", "F"}


@cache
def modules():
    """Path -> syntax tree of every module of the product."""
    found = {}
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                found[str(path.relative_to(ROOT))] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def calls():
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path, node


def name_of(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def says(node, words):
    """Whether the expression mentions one of these names."""
    return any(getattr(part, "id", getattr(part, "attr", None)) in words for part in ast.walk(node))


def at(path, node):
    return f"{path}:{node.lineno}"


# --- forms ---


def every_form():
    for app in APPS:
        for module in pkgutil.walk_packages([str(ROOT / app)], f"{app}."):
            if (
                ".migrations." not in module.name
                and ".management." not in module.name
                and "__main__" not in module.name
            ):
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            found.add(kind)
            waiting.append(kind)
    return {kind for kind in found if kind.__module__.partition(".")[0] in APPS}


def test_every_form_is_strict():
    loose = {f"{kind.__module__}.{kind.__qualname__}" for kind in every_form() if not issubclass(kind, CleanForm)}
    assert loose == FOREIGN


# --- files ---


def test_one_module_writes_csv():
    writers = {path for path, call in calls() if name_of(call) in ("writer", "DictWriter") and says(call.func, {"csv"})}
    named = {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "csv"
    }
    assert writers | named == {CSV_DOOR}


def test_files_come_in_through_one_door():
    found = {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if getattr(node, "attr", getattr(node, "id", "")) in ("FILES", "FileField", "ImageField", "ClearableFileInput")
    }
    assert found == UPLOAD_DOOR | A_DRAFT | A_PHOTO


# --- tasks ---


def tasks():
    from config.celery import app

    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if name.partition(".")[0] in APPS}


def test_a_task_is_told_ids_and_nothing_else():
    assert tasks()
    told = {
        f"{name}({parameter})"
        for name, task in tasks().items()
        for parameter in inspect.signature(task.run).parameters.values()
        if not (parameter.name.endswith("_id") and parameter.annotation in (int, "int"))
    }
    assert not told


def test_a_task_is_called_with_ids_in_place():
    odd = [
        at(path, call)
        for path, call in calls()
        if name_of(call) in ("delay", "delay_on_commit", "apply_async", "send_task", "signature", "s", "si")
        and any(isinstance(part, TEXT) for told in call.args for part in ast.walk(told))
    ]
    assert not odd


# --- names in queries ---


def test_no_query_takes_a_name_from_a_request():
    odd = [
        at(path, call)
        for path, call in calls()
        if (name_of(call) in NAMES and any(says(part, ASKED) for part in call.args))
        or (name_of(call) in NAMES | LOOKUPS and any(k.arg is None and says(k.value, ASKED) for k in call.keywords))
        or (name_of(call) == "RawSQL" and not all(isinstance(part, ast.Constant) for part in call.args[:1]))
        or (name_of(call) == "raw" and says(call.func, {"objects"}))
    ]
    assert not odd


def test_order_is_written_in_the_code():
    loose = [
        at(path, call)
        for path, call in calls()
        if name_of(call) == "order_by" and any(isinstance(part, LOOSE) for part in call.args)
    ]
    assert not loose


# --- markup ---


def test_no_text_is_called_markup():
    odd = [
        at(path, call)
        for path, call in calls()
        if name_of(call) in ("mark_safe", "SafeString", "SafeText", "html_safe")
        or (name_of(call) in ("format_html", "format_html_join") and not isinstance(call.args[0], ast.Constant))
    ]
    assert not odd


@pytest.mark.parametrize("loose", ["|safe", "| safe", "safeseq", "autoescape off", "hx-on", "onclick=", "onload="])
def test_no_page_lets_text_be_markup_or_script(loose):
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]
    assert pages
    assert not [str(page.relative_to(ROOT)) for page in pages if loose in page.read_text(encoding="utf-8")]
