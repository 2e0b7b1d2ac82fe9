"""What a reader of the board may ask for. Shape only; what is missing or impossible means today."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ORDERS = [("least", _("Least trained first")), ("most", _("Most trained first")), ("name", _("By name"))]


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """An optional day, in the browser's own date control."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=False, widget=widget, input_formats=["%Y-%m-%d"])


class AskForm(forms.Form):
    """One day, as known on another; never a day to come."""

    on = day_field(_("Day"))
    known_on = day_field(_("As known at the end of"), _("Leave empty to count with all that is known now."))
    region = forms.CharField(label=_("Region"), required=False, max_length=12, widget=forms.Select)
    order = forms.ChoiceField(label=_("Order"), required=False, choices=ORDERS)

    def __init__(self, data: Any, *, at: dt.datetime) -> None:
        super().__init__(data)
        self.at = at
        self.today = timezone.localdate(at)
        for name in ("on", "known_on"):
            self.fields[name].widget.attrs["max"] = self.today.isoformat()

    def offer_regions(self, regions: list[tuple[str, str]]) -> None:
        """Fill the list of regions; which there are is known only after the board was counted."""
        self.fields["region"].widget.choices = [("", _("All regions")), *regions]

    @property
    def known_at(self) -> dt.datetime:
        """The moment up to which rows count: the end of the day chosen, or now."""
        day: dt.date | None = self.cleaned_data.get("known_on")
        if day is None:
            return self.at
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
        return min(midnight - dt.timedelta(microseconds=1), self.at)

    @property
    def day(self) -> dt.date:
        """The day asked about; today when none was, or an impossible one."""
        return self.cleaned_data.get("on") or self.today

    @property
    def query(self) -> str:
        """The days asked about, for links to other pages; empty when it is today, as known now."""
        asked = {name: self.cleaned_data.get(name) for name in ("on", "known_on") if self.data.get(name)}
        kept = {name: day.isoformat() for name, day in asked.items() if day}
        return f"?{urlencode(kept)}" if kept else ""

    def clean_on(self) -> dt.date:
        return self._not_to_come("on") or self.today

    def clean_known_on(self) -> dt.date | None:
        return self._not_to_come("known_on")

    def _not_to_come(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get(name)
        if day and day > self.today:
            raise forms.ValidationError(_("Choose today or a day in the past."))
        return day
