"""What the list of sites may be narrowed to. Shape only; what is not offered means all."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.web.places.words import KINDS


class FilterForm(forms.Form):
    """Region, kind, and whether closed sites are listed too."""

    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS.items()])
    closed = forms.BooleanField(label=_("List closed sites too"), required=False)

    def __init__(self, data: Any, *, regions: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("All regions")), *regions]

    @property
    def wanted(self) -> dict[str, Any]:
        """The answers that were among the offered ones."""
        self.is_valid()
        return self.cleaned_data

    @property
    def query(self) -> str:
        """The same answers for the links to other pages of the list."""
        kept = {name: value for name, value in self.wanted.items() if value}
        return f"{urlencode(kept)}&" if kept else ""
