"""docs/data tells of every stored field, and of no field that is not there."""

import re

from django.apps import apps
from django.db import models

from tests.architecture.house import ROOT
from upstander.district.places.models import Dated
from upstander.foundation.kernel.models import DistrictModel

LINE = re.compile(r"^\| (\w+\.\w+\.\w+) \|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|$", re.MULTILINE)
SENSITIVITY = re.compile(r"^(public|internal|personal|secret)( \(by ref\))?$")


def told() -> dict[str, list[str]]:
    found = {}
    for page in sorted((ROOT / "docs" / "data").glob("*.md")):
        for name, *cells in LINE.findall(page.read_text()):
            assert name not in found, f"{name} is told twice"
            found[name] = [cell.strip() for cell in cells]
    return found


def understood(model: type[models.Model]) -> set[str]:
    """Fields that every table of its kind has; the README tells of them once. Wagtail's parents are its own."""
    names = {"id", "page_ptr", "task_ptr"}
    if issubclass(model, DistrictModel):
        names |= {"district_id", "ref"}
    if issubclass(model, Dated):
        names |= {"starts_on", "ends_on", "recorded_at", "superseded_at"}
    return names


def stored() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("upstander.")
        for field in model._meta.local_concrete_fields
        if field.name not in understood(model)
    }


def test_every_stored_field_is_told_and_nothing_else() -> None:
    assert sorted(told()) == sorted(stored())


def test_every_line_says_how_sensitive_the_field_is() -> None:
    assert {name: cells[1] for name, cells in told().items() if not SENSITIVITY.match(cells[1])} == {}
    assert [name for name, cells in told().items() if not all(cells)] == []
