"""The schedule of reminders as a form. Shape only; which days and hours are allowed is the service's question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.compliance.content.schedules import Schedule
from upstander.web.shared.widgets import DayInput

SHORT = {"autocomplete": "off", "spellcheck": "false", "inputmode": "text"}
HOURS = [(hour, f"{hour}:00") for hour in range(6, 22)]


class ScheduleForm(forms.Form):
    """Days are counted from the day something is due; they are typed as numbers with commas between them."""

    person_days = forms.CharField(
        label=_("The person themselves"),
        help_text=_("Days from the day it is due, with commas: -7 is a week before, 14 is two weeks after."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=SHORT),
    )
    site_days = forms.IntegerField(
        label=_("Administrators of their site"),
        help_text=_("How many people, from so many days after; empty is never."),
        required=False,
    )
    region_days = forms.IntegerField(
        label=_("The region's lead"),
        help_text=_("How many people, from so many days after; empty is never."),
        required=False,
    )
    from_hour = forms.TypedChoiceField(label=_("Mail from"), choices=HOURS, coerce=int)
    until_hour = forms.TypedChoiceField(label=_("Mail until"), choices=HOURS, coerce=int)

    def clean_person_days(self) -> tuple[int, ...]:
        """The numbers, a minus sign of any kind read as one."""
        words = self.cleaned_data["person_days"].replace("\u2212", "-").replace("\u2013", "-").replace(",", " ").split()
        try:
            return tuple(sorted({int(word) for word in words}))
        except ValueError:
            raise forms.ValidationError(_("Please write whole numbers with commas between them.")) from None

    def schedule(self) -> Schedule:
        """What the service takes."""
        return Schedule(**{name: self.cleaned_data[name] for name in Schedule.__slots__})


class PreviewForm(ScheduleForm):
    """The same, and the day to look at."""

    on = forms.DateField(label=_("Day"), widget=DayInput(), input_formats=["%Y-%m-%d"])


def shown(schedule: Schedule, **more: object) -> dict[str, Any]:
    """The schedule as the form shows it."""
    return {
        "person_days": ", ".join(map(str, schedule.person_days)),
        "site_days": schedule.site_days,
        "region_days": schedule.region_days,
        "from_hour": schedule.from_hour,
        "until_hour": schedule.until_hour,
        **more,
    }
