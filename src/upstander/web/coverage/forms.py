"""What a reader of the board may ask for. Shape only; what is missing or impossible means today."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.refs import REF_LENGTH
from upstander.web.shared.widgets import DayInput

ORDERS = [("least", _("Least trained first")), ("most", _("Most trained first")), ("name", _("By name"))]


ALL = "all"


def day_field(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    """A day, in the browser's own date control."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=DayInput(), input_formats=["%Y-%m-%d"]
    )


class AskForm(forms.Form):
    """One day, as known on another; never a day to come. Whatever is not asked is today, all regions, least first."""

    on = day_field(_("Day"), required=True)
    region = forms.CharField(label=_("Region"), validators=[MaxLengthValidator(REF_LENGTH)], widget=forms.Select)
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS)
    known_on = day_field(
        _("As known at the end of"), required=False, help_text=_("Leave empty to count with all that is known now.")
    )

    first_order = ORDERS[0][0]

    def __init__(self, given: QueryDict, *, at: dt.datetime) -> None:
        self.at = at
        self.today = timezone.localdate(at)
        unasked = {"on": self.today.isoformat(), "region": ALL, "order": self.first_order}
        super().__init__(unasked | {name: value for name, value in given.items() if value})
        for name in ("on", "known_on"):
            self.fields[name].widget.attrs["max"] = self.today.isoformat()
        self.offer_regions([])

    def offer_regions(self, regions: list[tuple[str, str]]) -> None:
        """Fill the list of regions; which there are is known only after the board was counted."""
        self.fields["region"].widget.choices = [(ALL, _("All regions")), *regions]

    @property
    def region_ref(self) -> str | None:
        """The region asked about, or None for all."""
        ref: str = self.cleaned_data.get("region", ALL)
        return None if ref == ALL else ref

    @property
    def known_at(self) -> dt.datetime:
        """The moment up to which rows count: the end of the day chosen, or now."""
        day: dt.date | None = self.cleaned_data.get("known_on")
        if day is None:
            return self.at
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
        return min(midnight - dt.timedelta(microseconds=1), self.at)

    @property
    def known_at_or_now(self) -> dt.datetime | None:
        """The same, or None when what is known now is asked for: then nothing has to be derived anew."""
        return self.known_at if self.cleaned_data.get("known_on") else None

    @property
    def day(self) -> dt.date:
        """The day asked about; today when none was, or an impossible one."""
        return self.cleaned_data.get("on") or self.today

    @property
    def query(self) -> str:
        """The days asked about, for links to other pages; empty when it is today, as known now."""
        known_on: dt.date | None = self.cleaned_data.get("known_on")
        kept = {"on": self.day.isoformat()} if self.day != self.today or known_on else {}
        kept |= {"known_on": known_on.isoformat()} if known_on else {}
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


DUE_ORDERS = [
    ("overdue", _("Most overdue first")),
    ("least", _("Least done first")),
    ("name", _("By name")),
]


class DueForm(AskForm):
    """The same for the board of due days, and which training it is about."""

    training = forms.SlugField(label=_("Training"), required=False, max_length=60, widget=forms.Select)
    order = forms.ChoiceField(label=_("Order"), choices=DUE_ORDERS)
    first_order = DUE_ORDERS[0][0]

    def offer_trainings(self, trainings: list[tuple[str, str]]) -> None:
        """Fill the list of trainings that have due days."""
        self.fields["training"].widget.choices = trainings
