"""Form fields as browsers draw them themselves."""

from typing import Any

from django import forms


class FewFirst(forms.CheckboxSelectMultiple):
    """Boxes to tick: those of no group at once, each group behind its name, open where something in it is ticked."""

    template_name = "forms/widgets/few_first.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["groups"] = [(group, options, any(o["selected"] for o in options)) for group, options, _ in groups]
        return context


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar; the value is written as that needs it, in every language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"type": "date", **(attrs or {})}, format="%Y-%m-%d")
