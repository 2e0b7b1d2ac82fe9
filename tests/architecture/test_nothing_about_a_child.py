"""Law 2: the database knows no child. Every model field and every form field is walked."""

import importlib
import inspect
import pkgutil
import re

import pytest
from django import forms
from django.apps import apps
from django.db import models

import upstander.web

# A column or field that could hold something about a child would be called one of these, in part.
ABOUT_A_CHILD = re.compile(
    r"student|child|pupil|minor|victim|survivor|narrative|story|concern|disclos|incident|suspect|birth|guardian|parent"
    r"|grade_of|case_?note|free_?text|description|comment|remark|note(?!$|s$|_id$|d$)",
    re.IGNORECASE,
)
# Text without a limit is where a story could end up; each such column has its reason.
LONG_TEXT = {
    "facts.Fact.text_en": "a published sentence, loaded from the files that ship",
    "facts.Fact.text_es": "the same in Spanish",
    "notices.Notice.calendar": "an iCalendar file we wrote ourselves",
    "notices.NoticeSent.body": "drawn from our own template and facts",
}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("upstander.")]


def all_forms() -> list[type[forms.BaseForm]]:
    found = []
    for info in pkgutil.walk_packages(upstander.web.__path__, "upstander.web."):
        if info.name.rpartition(".")[2] in {"forms", "views"}:
            module = importlib.import_module(info.name)
            found += [
                thing
                for _, thing in inspect.getmembers(module, inspect.isclass)
                if issubclass(thing, forms.BaseForm) and thing.__module__ == info.name
            ]
    return found


def suspicious(names: list[str]) -> list[str]:
    return [name for name in names if ABOUT_A_CHILD.search(name.rpartition(".")[2])]


def test_no_column_could_hold_something_about_a_child() -> None:
    names = [f"{m._meta.label}.{f.name}" for m in ours() for f in m._meta.concrete_fields]
    assert suspicious(names) == []


def test_every_unlimited_text_column_has_a_reason() -> None:
    found = {
        f"{m._meta.label}.{f.name}"
        for m in ours()
        for f in m._meta.concrete_fields
        if isinstance(f, models.TextField | models.FileField | models.BinaryField)
    }
    assert found - set(LONG_TEXT) == set()


def test_no_form_field_invites_a_story() -> None:
    fields = [
        (f"{form.__name__}.{name}", field)
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
    ]
    assert fields, "no form was found: the walk is broken"
    assert suspicious([name for name, _ in fields]) == []
    boxes = [name for name, field in fields if isinstance(field.widget, forms.Textarea)]
    files = [name for name, field in fields if isinstance(field, forms.FileField)]
    assert boxes + files == []


@pytest.mark.parametrize("name", ["x.student_name", "x.incident_description", "x.birth_date", "x.child_id"])
def test_the_walk_finds_planted_fields(name: str) -> None:
    assert suspicious([name]) == [name]
