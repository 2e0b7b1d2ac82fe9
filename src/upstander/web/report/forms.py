"""Forms of a kept clock: times and closed choices. There is no field into which a story could be written."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.engines.clocks import Ambiguous, Exact, Missing, read_wall_time
from upstander.program.guidance.states import MANNERS, Agency, LineKind
from upstander.web.shared.widgets import DayInput

WHICH = [("earlier", _("The first one, before the clocks went back")), ("later", _("The second one"))]
NOT_KEPT = {"autocomplete": "off"}


FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2199, 12, 31)  # outside, a zone has no hours or no meaning


class MomentForm(forms.Form):
    """A wall time in the reporter's zone. `moment` is set when it is valid: never guessed, asked when it came twice."""

    day = forms.DateField(label=_("Day"), widget=DayInput(NOT_KEPT))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time", **NOT_KEPT}))
    which = forms.ChoiceField(label=_("Which one was it?"), choices=WHICH, widget=forms.HiddenInput, required=False)
    moment: dt.datetime

    def zone(self) -> ZoneInfo:
        """The zone in which the wall time is meant."""
        raise NotImplementedError

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Please check this day."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("day") and cleaned.get("time"):
            self._read(dt.datetime.combine(cleaned["day"], cleaned["time"]), cleaned.get("which", ""))
        return cleaned

    def _read(self, wall: dt.datetime, which: str) -> None:
        match read_wall_time(wall, self.zone()):
            case Exact(moment):
                self.moment = moment
            case Ambiguous(earlier, later) if which:
                self.moment = earlier if which == "earlier" else later
            case Ambiguous():
                self.fields["which"].widget = forms.RadioSelect(
                    choices=WHICH
                )  # asked only when there is something to ask
                self.add_error(
                    "which", _("The clocks went back that night, so this time came twice. Please say which.")
                )
            case Missing():
                self.add_error("time", _("The clocks went forward that night, so this time did not exist."))


class KeepForm(MomentForm):
    """The beginning of a kept clock, and the reader's word that they know what it means."""

    zone_key = forms.ChoiceField(label=_("Time zone"))
    understood = forms.BooleanField(label=_("I have read this and want a copy on the server."))
    field_order = ("understood", "zone_key", "day", "time", "which")

    def __init__(self, *args: Any, zones: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone_key"].choices = [(zone.key, zone.name) for zone in zones]  # type: ignore[attr-defined]

    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.cleaned_data.get("zone_key") or "UTC")


class LineForm(MomentForm):
    """One more line: what its kind may say, and the line it corrects, if it does."""

    replaces = forms.TypedChoiceField(
        label=_("Does it correct an earlier line?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, data: Any, *, kind: str, zone: ZoneInfo, earlier: Iterable[int]) -> None:
        super().__init__(data, auto_id=f"{kind}-%s")
        self.kind, self._zone = kind, zone
        if MANNERS[kind]:
            agencies, manners = [("", _("Choose")), *Agency.choices], [(m.value, m.label) for m in MANNERS[kind]]
            self.fields["agency"] = forms.ChoiceField(label=_("Which agency"), choices=agencies)
            self.fields["manner"] = forms.ChoiceField(label=_("How"), choices=manners)
        if kind == LineKind.ATTEMPT:
            self.fields["last_four"] = forms.CharField(
                label=_("Last four digits of the reference number"),
                help_text=_("Only these four are kept. Note the whole number on paper or on your own device."),
                required=False,
                max_length=4,
                widget=forms.TextInput(attrs={"inputmode": "numeric", **NOT_KEPT}),
            )
        numbers = [(number, _("Line %(number)s") % {"number": number}) for number in earlier]
        self.fields["replaces"].choices = [("", _("No, it is new")), *numbers]  # type: ignore[attr-defined]
        self.order_fields(["day", "time", "which", "agency", "manner", "last_four", "replaces"])

    def zone(self) -> ZoneInfo:
        return self._zone

    @property
    def kind_name(self) -> str:
        """What kind of line this is, in words."""
        return str(LineKind(self.kind).label)


class ProofForm(forms.Form):
    """Shape only: whatever holds a proof's text, such as the address from its QR code."""

    proof = forms.CharField(
        label=_("Text of the proof"),
        help_text=_("Scan the picture on the paper and paste what it says."),
        max_length=5000,
        widget=forms.TextInput(attrs={"autocapitalize": "off", "spellcheck": "false", **NOT_KEPT}),
    )


class ReminderForm(forms.Form):
    """Where a reminder may go; an empty address drops it."""

    email = forms.EmailField(
        label=_("Your own e-mail address"),
        help_text=_("Not your employer’s: others may read that mail. The message says only “Reminder”."),
        required=False,
        widget=forms.EmailInput(attrs=NOT_KEPT),
    )
    employer_is_meant = forms.BooleanField(label=_("This is my employer’s mail, and I mean it."), required=False)


class CodeForm(forms.Form):
    """A one-time code, in any spelling."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", **NOT_KEPT}),
    )
