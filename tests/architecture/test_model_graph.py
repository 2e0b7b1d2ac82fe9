"""Relations between models point down the house, as imports do; an import tool cannot see them."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.apps import apps

from tests.architecture.house import rank


def pointing_up(all_models: Sequence[Any]) -> list[str]:
    """Every forward relation whose target stands above its owner, or beside it on the same level."""
    found = []
    for model in all_models:
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if not getattr(field, "concrete", False) or target is None:
                continue
            own, other = rank(model.__module__), rank(target.__module__)
            if other > own or (other == own and _part(model) != _part(target)):
                found.append(f"{model.__name__}.{field.name} -> {target.__module__}")
    return found


def _part(model: Any) -> str:
    return ".".join(model.__module__.split(".")[:3])


def test_no_relation_points_up() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("upstander.")]
    assert pointing_up(ours) == []


def test_the_walk_finds_a_planted_relation_upwards() -> None:
    class Upper:
        __module__ = "upstander.program.training.models"

    class Lower:
        __module__ = "upstander.district.places.models"
        _meta = SimpleNamespace(
            get_fields=lambda: [SimpleNamespace(name="request", related_model=Upper, concrete=True)]
        )

    assert pointing_up([Lower]) == ["Lower.request -> upstander.program.training.models"]


def test_labels_of_apps_do_not_collide() -> None:
    labels = [config.label for config in apps.get_app_configs()]
    assert sorted(set(labels)) == sorted(labels)
    ours = [config for config in apps.get_app_configs() if config.name.startswith("upstander.web.")]
    assert [config.label for config in ours] == [f"web_{config.name.rpartition('.')[2]}" for config in ours]
