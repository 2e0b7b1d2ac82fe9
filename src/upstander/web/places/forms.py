"""Forms about sites and the calendar. Shape only: what is not offered to narrow a list means all."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.district.places.services import KINDS_OF_DAY, DayOut
from upstander.web.places.days import weekdays
from upstander.web.places.words import KINDS
from upstander.web.shared.widgets import DayInput

ONE_DAY = dt.timedelta(days=1)
A_YEAR = dt.timedelta(weeks=52)  # the same days of the week
LONGEST = dt.timedelta(days=60)


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


class YearForm(forms.Form):
    """First and last school day; clean, `ends_on` is the day after the last, as the service takes it."""

    starts_on = forms.DateField(label=_("First school day"), widget=DayInput())
    ends_on = forms.DateField(label=_("Last school day"), widget=DayInput())

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        shown = {"ends_on": initial["ends_on"] - ONE_DAY} if "ends_on" in initial else {}
        super().__init__(data, initial={**initial, **shown})

    def clean_ends_on(self) -> dt.date:
        last: dt.date = self.cleaned_data["ends_on"]
        return last + ONE_DAY


class NewYearForm(YearForm):
    """A school year with its name."""

    name = forms.CharField(label=_("Name"), help_text=_("As people say it, for example 2027-28."), max_length=20)
    field_order = ("name", "starts_on", "ends_on")

    @classmethod
    def after(cls, last: Any, data: Any) -> Self:
        """The form with the days of the year before, a year later; empty where there is none."""
        if last is None:
            return cls(data, initial={})
        starts_on, ends_on = last.starts_on + A_YEAR, last.ends_on + A_YEAR
        name = f"{starts_on.year}-{ends_on.year % 100:02}"
        return cls(data, initial={"name": name, "starts_on": starts_on, "ends_on": ends_on})

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class DaysOutForm(forms.Form):
    """Days without school or with tests, of one site or of all."""

    starts_on = forms.DateField(label=_("First day"), widget=DayInput())
    last_on = forms.DateField(
        label=_("Last day"), help_text=_("Leave empty for a single day."), required=False, widget=DayInput()
    )
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS_OF_DAY, widget=forms.RadioSelect, initial="closed")
    name = forms.CharField(label=_("Name, if it has one"), max_length=80, required=False)
    site = forms.ChoiceField(label=_("Where?"), required=False)

    def __init__(self, data: Any, *, sites: Iterable[Any]) -> None:
        super().__init__(data)
        self.sites = {site.ref: site for site in sites}
        field = self.fields["site"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("In the whole district")), *((ref, site.name) for ref, site in self.sites.items())]

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day lies before the first one. Please look at both."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_on", _("That is more than two months. Please look at both days."))
        elif first and "last_on" in self.cleaned_data and not weekdays(first, last or first):
            self.add_error("starts_on", _("That is a weekend: nobody is trained then anyway."))
        return self.cleaned_data

    def days_out(self) -> list[DayOut]:
        """What the service takes: each weekday for itself."""
        told = self.cleaned_data
        site = self.sites.get(told["site"])
        name = " ".join(told["name"].split())
        days = weekdays(told["starts_on"], told["last_on"] or told["starts_on"])
        return [DayOut(day, name, site.pk if site else None, told["kind"]) for day in days]
