"""The column of a sealed text. Changing the keys finds every such column by its kind; nobody keeps a list."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from upstander.foundation.kernel.models import DistrictModel


class SealedField(models.CharField):  # type: ignore[type-arg]
    """Holds what `seals.seal` gave, and nothing else."""


@dataclass(frozen=True, slots=True)
class Column:
    """One sealed column of one model."""

    model: type[DistrictModel]
    name: str


def sealed_columns() -> list[Column]:
    """All of them."""
    return [
        Column(model, field.name)
        for model in apps.get_models()
        if issubclass(model, DistrictModel)
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField)
    ]
