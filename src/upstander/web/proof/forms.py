import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from upstander.web.shared.widgets import DayInput

CODE_WITH_BREAKS = 40  # sixteen characters, and whatever people put between them
DIGEST_WITH_BREAKS = 200  # 64 characters, and the file's name that a tool prints beside them
ISO = ["%Y-%m-%d"]


class CodeForm(forms.Form):
    """Shape only: any spelling of a code that a person may copy from paper."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("16 letters and digits. Capitals and dashes do not matter."),
        max_length=CODE_WITH_BREAKS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class DayForm(forms.Form):
    """A day, and never one to come."""

    on = forms.DateField(label=_("Day asked about"), widget=DayInput(), input_formats=ISO)

    def __init__(self, *args: Any, today: dt.date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        for name in {"on", "known_on"} & set(self.fields):
            self.fields[name].widget.attrs["max"] = today.isoformat()

    def clean_on(self) -> dt.date:
        return self.over("on") or self.today

    def over(self, name: str) -> dt.date | None:
        """The day given, unless it is still to come."""
        day: dt.date | None = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(_("Choose today or a day in the past."))
        return day


class PackForm(DayForm):
    """Which day an auditor asks about, and with what knowledge."""

    known_on = forms.DateField(
        label=_("As known at the end of"),
        help_text=_("Leave empty to count with all that is known now."),
        required=False,
        widget=DayInput(),
        input_formats=ISO,
    )
    language = forms.ChoiceField(label=_("Language of the pack"), choices=settings.LANGUAGES)

    def clean_known_on(self) -> dt.date | None:
        return self.over("known_on")

    def known_at(self, now: dt.datetime) -> dt.datetime:
        """The last moment of the day chosen, or `now`, whichever is earlier."""
        day: dt.date | None = self.cleaned_data["known_on"]
        if day is None:
            return now
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
        return min(midnight - dt.timedelta(microseconds=1), now)


class PackCheckForm(forms.Form):
    """A digest as somebody copied it, or the file itself, which is read once and not kept."""

    digest = forms.CharField(
        label=_("Checksum (SHA-256)"),
        help_text=_("64 letters and digits, as the page of the pack or a tool such as sha256sum shows them."),
        required=False,
        max_length=DIGEST_WITH_BREAKS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("Or the file itself"), help_text=_("It is only read, and not kept."), required=False)

    def clean(self) -> dict[str, object]:
        given: dict[str, object] = super().clean() or {}
        if not self.errors and not given.get("digest") and not given.get("file"):
            raise forms.ValidationError(_("Give the checksum or the file."))
        return given
