"""Forms check shape only; whether a day, a number or a code is right is the service's question.

There is no free text: what a site may say about a request is chosen, so that no child's story can end up here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.training.selectors.choices import (
    AUDIENCES,
    DECLINES,
    LANGUAGES,
    LENGTHS,
    MODES,
    MOST_HEADS,
    STANDINGS,
)
from upstander.program.training.services.requests import Window, Wish
from upstander.web.shared.widgets import DayInput

WINDOWS = (1, 2, 3)
WINDOW_FIELDS = ("on", "starts", "ends")


class RequestForm(forms.Form):
    """What a site asks for."""

    site = forms.ChoiceField(label=_("For which site?"))
    audience = forms.ChoiceField(label=_("Who will take part?"), choices=AUDIENCES, widget=forms.RadioSelect)
    head_count = forms.IntegerField(
        label=_("About how many people?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MOST_HEADS}),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.TypedChoiceField(label=_("How long?"), choices=LENGTHS, coerce=int, widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("In person or online?"), choices=MODES, widget=forms.RadioSelect)
    room = forms.CharField(
        label=_("Which room?"),
        help_text=_("For a session in person, for instance “Library” or “Room 12”. No names of people."),
        max_length=40,
        required=False,
    )
    room.needed = _("(if in person)")  # type: ignore[attr-defined]
    closed_day_is_meant = forms.BooleanField(
        label=_("One of these days is without school, and we mean it."), required=False
    )

    def __init__(self, *args: Any, sites: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [(site.ref, site.name) for site in sites]  # type: ignore[attr-defined]
        for number in WINDOWS:
            self.fields.update(_window_fields(number))
            for name in WINDOW_FIELDS:
                where = _("Wished day %(number)s") % {"number": number}
                self.fields[f"{name}_{number}"].where = where  # type: ignore[attr-defined]

    @property
    def window_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The bound fields of each wished day, for the template."""
        for number in WINDOWS:
            yield number, [self[f"{name}_{number}"] for name in WINDOW_FIELDS]

    def clean(self) -> dict[str, Any]:
        for number in WINDOWS:
            given = [name for name in ("on", "starts", "ends") if self.data.get(f"{name}_{number}")]
            for name in {"on", "starts", "ends"} - set(given):
                if given or number == 1:
                    self.add_error(f"{name}_{number}", _("Please give the day, the start and the end."))
        return self.cleaned_data

    def named(self, field: str) -> str | None:
        """The form's field for the service's: it counts only the days that were filled in, from "windows_0" on."""
        name, _dash, position = field.partition("_")
        if name == "windows":
            filled = [number for number, _window in self._numbered()]
            return f"on_{filled[int(position)] if position else 1}"
        return field if field in self.fields else None

    def wish(self) -> Wish:
        """What the service takes."""
        data = self.cleaned_data
        return Wish(
            site_ref=data["site"],
            audience=data["audience"],
            head_count=data["head_count"],
            languages=tuple(data["languages"]),
            mode=data["mode"],
            minutes=data["minutes"],
            room=" ".join(data["room"].split()),
            windows=tuple(window for _number, window in self._numbered()),
            closed_day_is_meant=data["closed_day_is_meant"],
        )

    def _numbered(self) -> Iterator[tuple[int, Window]]:
        for number in WINDOWS:
            on, starts, ends = (self.cleaned_data.get(f"{name}_{number}") for name in ("on", "starts", "ends"))
            if on and starts and ends:
                yield number, Window(on, starts, ends)


def _window_fields(number: int) -> dict[str, forms.Field]:
    time = {"type": "time", "step": 300}
    return {
        f"on_{number}": forms.DateField(label=_("Day"), required=False, widget=DayInput()),
        f"starts_{number}": forms.TimeField(
            label=_("From"), required=False, widget=forms.TimeInput(attrs=time, format="%H:%M")
        ),
        f"ends_{number}": forms.TimeField(
            label=_("Until"), required=False, widget=forms.TimeInput(attrs=time, format="%H:%M")
        ),
    }


class AssignForm(forms.Form):
    """A start (window and time in one key) and a member of the Cadre."""

    slot = forms.CharField()
    member = forms.CharField()

    def clean_slot(self) -> tuple[str, dt.time]:
        window_ref, _dash, time = self.cleaned_data["slot"].rpartition("-")
        try:
            return window_ref, dt.datetime.strptime(time, "%H%M").replace(tzinfo=dt.UTC).time()
        except ValueError:
            raise forms.ValidationError(_("Please choose a start from the list.")) from None


class DeclineForm(forms.Form):
    """Why a request will not be fulfilled: one of the known reasons."""

    reason = forms.ChoiceField(label=_("Why?"), choices=DECLINES, widget=forms.RadioSelect)


class CheckInForm(forms.Form):
    """Staff number and the code on the screen."""

    staff_number = forms.CharField(
        label=_("Your staff number"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("The six letters on the screen"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class WalkInForm(forms.Form):
    """Someone who is not on the list."""

    staff_number = forms.CharField(
        label=_("Staff number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    standing = forms.ChoiceField(label=_("Who is it?"), choices=STANDINGS, required=False)


class MatchForm(forms.Form):
    """Whose number it was."""

    staff_number = forms.CharField(max_length=20, widget=forms.HiddenInput)
    right_number = forms.CharField(
        label=_("Right staff number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
