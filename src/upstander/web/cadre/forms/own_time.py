"""A consultant's own time: the week, days away, calendars."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from upstander.foundation.fetching.addresses import LONGEST
from upstander.program.training.selectors.cadre import Stretch, week_of
from upstander.web.cadre.forms.dated import SHORT, DatedForm
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput

PARTS_OF_A_DAY = 2


def hour_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.TimeField:
    """A time of day in steps of five minutes."""
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, required=required, help_text=help_text, widget=widget)


class WeekForm(Seen):
    """The week, two stretches a day, so that a day can be parted; more where there are more already."""

    def __init__(self, data: Any, *, weekly: Sequence[Any], **kwargs: Any) -> None:
        known = Counter(row.weekday for row in weekly)
        self.counts = {day: max(PARTS_OF_A_DAY, known[day]) for day in range(7)}
        super().__init__(data, stands=week_of(weekly), **kwargs)
        for day, number in self._slots():
            for name, label in (("starts", _("And from") if number else _("From")), ("ends", _("Until"))):
                self.fields[f"{name}_{day}_{number}"] = field = hour_field(label, required=False)
                field.where = WEEKDAYS[day]  # type: ignore[attr-defined]

    @classmethod
    def first(cls, stands: Sequence[Stretch]) -> dict[str, Any]:
        numbers: Counter[int] = Counter()
        told: dict[str, Any] = {}
        for day, starts, ends in stands:
            told |= {f"starts_{day}_{numbers[day]}": starts, f"ends_{day}_{numbers[day]}": ends}
            numbers[day] += 1
        return told

    @property
    def days(self) -> Iterator[tuple[object, list[list[forms.BoundField]]]]:
        """Each day's name with the bound fields of its stretches, for the template."""
        for day in range(7):
            numbers = range(self.counts[day])
            yield WEEKDAYS[day], [[self[f"{name}_{day}_{number}"] for name in ("starts", "ends")] for number in numbers]

    def clean(self) -> dict[str, Any]:
        for day, number in self._slots():
            starts, ends = (self.cleaned_data.get(f"{name}_{day}_{number}") for name in ("starts", "ends"))
            if bool(starts) != bool(ends):
                missing = "ends" if starts else "starts"
                self.add_error(f"{missing}_{day}_{number}", _("Please give the start and the end, or neither."))
        return self.cleaned_data

    def weekly(self) -> tuple[Stretch, ...]:
        """What the service takes."""
        found = []
        for day, number in self._slots():
            starts, ends = (self.cleaned_data[f"{name}_{day}_{number}"] for name in ("starts", "ends"))
            if starts and ends:
                found.append((day, starts, ends))
        return tuple(found)

    def named(self, field: str) -> str | None:
        """The form's field for the service's "day_0" to "day_6"."""
        return f"ends_{field.removeprefix('day_')}_0"

    def _slots(self) -> Iterator[tuple[int, int]]:
        for day in range(7):
            for number in range(self.counts[day]):
                yield day, number


class AwayForm(DatedForm):
    """Days away, or some hours of each."""

    starts_on = forms.DateField(label=_("First day away"), widget=DayInput())
    last_on = forms.DateField(label=_("Last day away"), widget=DayInput())
    starts = hour_field(
        _("From"), required=False, help_text=_("Only for a part of the day. Leave both hours empty otherwise.")
    )
    ends = hour_field(_("Until"), required=False)


class OfferForm(forms.Form):
    """Hours of a day beside the week."""

    on = forms.DateField(label=_("Day"), widget=DayInput())
    starts = hour_field(_("From"))
    ends = hour_field(_("Until"))


class BusyForm(forms.Form):
    """A calendar file; it is read and not kept."""

    file = forms.FileField(
        label=_("Calendar file (.ics)"),
        help_text=_("Export it from your calendar program. Only times are read: no titles, no places, no names."),
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}),
        allow_empty_file=True,
        error_messages={"required": _("Please choose a file of at most one megabyte.")},
    )


class Unrepeated(forms.URLInput):
    """What is typed here opens something: it is not written into the page again, not even beside a refusal."""

    def format_value(self, value: Any) -> None:
        """Nothing."""
        return


class ConnectForm(forms.Form):
    """The secret address of a calendar."""

    address = forms.CharField(
        label=_("Secret address of your calendar"),
        help_text=_(
            "It begins with https:// or webcal:// and often ends in .ics. No page shows it again, not even to you."
        ),
        max_length=LONGEST,
        widget=Unrepeated(attrs={**SHORT, "autocapitalize": "none"}),
        error_messages={"max_length": _("This is longer than an address of a calendar. Please copy it anew.")},
    )
