"""Form fields as browsers draw them themselves."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar; the value is written as that needs it, in every language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"type": "date", **(attrs or {})}, format="%Y-%m-%d")
