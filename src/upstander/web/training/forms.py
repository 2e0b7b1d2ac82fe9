"""Forms check shape only; whether a day, a number or a code is right is the service's question.

There is no free text: what a site may say about a request is chosen, so that no child's story can end up here.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from upstander.program.training.content.kinds import COLUMNS, Kind
from upstander.program.training.selectors.choices import DECLINES
from upstander.program.training.services.requests import Window, Wish
from upstander.web.shared.widgets import DayInput
from upstander.web.training.questions import DOUBTS, answers_typed, doubts_of, question_fields

WINDOW_FIELDS = ("on", "starts", "ends")


class DaysForm(forms.Form):
    """Preferred days: as many rows as the kind takes."""

    closed_day_is_meant = forms.BooleanField(
        label=_("One of these days is without school, and we mean it."), required=False
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.numbers = range(1, kind.most_days + 1)
        for number in self.numbers:
            self.fields.update(_window_fields(number))
            for name in WINDOW_FIELDS:
                where = _("Preferred day %(number)s") % {"number": number}
                self.fields[f"{name}_{number}"].where = where  # type: ignore[attr-defined]

    @property
    def window_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The bound fields of each wished day, for the template."""
        for number in self.numbers:
            yield number, [self[f"{name}_{number}"] for name in WINDOW_FIELDS]

    @property
    def doubts(self) -> list[forms.BoundField]:
        """The boxes that let through what is unusual."""
        return doubts_of(self)

    def clean(self) -> dict[str, Any]:
        for number in self.numbers:
            given = [name for name in WINDOW_FIELDS if self.data.get(f"{name}_{number}")]
            for name in set(WINDOW_FIELDS) - set(given):
                if given or number <= self.kind.least_days:
                    self.add_error(f"{name}_{number}", _("Please give the day, the start and the end."))
        return self.cleaned_data

    def named(self, field: str) -> str | None:
        """The form's field for the service's: it counts only the days that were filled in, from "windows_0" on."""
        name, _dash, position = field.partition("_")
        if name == "windows":
            filled = [number for number, _window in self._numbered()]
            return f"on_{filled[int(position)] if position else 1}"
        return field if field in self.fields else None

    def windows(self) -> tuple[Window, ...]:
        """The days that were filled in."""
        return tuple(window for _number, window in self._numbered())

    def _numbered(self) -> Iterator[tuple[int, Window]]:
        for number in self.numbers:
            on, starts, ends = (self.cleaned_data.get(f"{name}_{number}") for name in WINDOW_FIELDS)
            if on and starts and ends:
                yield number, Window(on, starts, ends)


class WishForm(DaysForm):
    """What somebody asks for: the questions of one kind, drawn from its file. `email` says whose address is asked."""

    site = forms.ChoiceField(label=_("For which site?"))
    twice_is_meant = forms.BooleanField(label=_("We know, and ask again."), required=False)

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        sites: Iterable[Any],
        email: str = "",
        lengths: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.fields["site"].choices = [("", "–"), *((site.ref, site.name) for site in sites)]  # type: ignore[attr-defined]
        self.fields.update(question_fields(kind.questions, by_visitor=email == "own", lengths=lengths))
        for question in kind.questions:
            usual = list(question.usual) if question.type == "many" else next(iter(question.usual), None)
            self.fields[question.key].initial = usual
        if email:
            self.fields["email"] = _email_field(email)
        windows = [f"{name}_{number}" for number in self.numbers for name in WINDOW_FIELDS]
        self.order_fields([*DOUBTS, "site", *(question.key for question in kind.questions), *windows])

    @property
    def asked(self) -> list[forms.BoundField]:
        """The site and the kind's own questions, in their order."""
        return [self["site"], *(self[question.key] for question in self.kind.questions)]

    def wish(self) -> Wish:
        """What the service takes."""
        data = answers_typed(self.kind.questions, self.cleaned_data)
        columns = {key: data.pop(key) for key in COLUMNS if key in data}
        return Wish(
            site_ref=self.cleaned_data["site"],
            kind=self.kind.key,
            windows=self.windows(),
            closed_day_is_meant=self.cleaned_data["closed_day_is_meant"],
            twice_is_meant=self.cleaned_data["twice_is_meant"],
            answers=data,
            **columns,
        )


def chosen(kind: Kind, query: QueryDict) -> dict[str, Any]:
    """What a link to the form has chosen already: closed answers alone, so that no address holds anybody's words."""
    closed = [question for question in kind.questions if question.type in {"one", "many"}]
    found = [(each, [key for key in query.getlist(each.key) if key in each.offered]) for each in closed]
    return {each.key: keys if each.type == "many" else keys[0] for each, keys in found if keys}


def _email_field(whose: str) -> forms.Field:
    widget = forms.EmailInput(attrs={"autocomplete": "email" if whose == "own" else "off"})
    if whose == "own":
        hint = _("We mail you a link, and your request is sent when you follow it. Then you get one to its own page.")
        return forms.EmailField(label=_("Your e-mail address"), help_text=hint, widget=widget)
    hint = _("Only if you enter this for somebody else. They get the mails, with a link to the page of the request.")
    return forms.EmailField(label=_("Whose request is it?"), help_text=hint, widget=widget, required=False)


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
    room_is_known = forms.BooleanField(required=False)

    def clean_slot(self) -> tuple[str, dt.time]:
        window_ref, _dash, time = self.cleaned_data["slot"].rpartition("-")
        try:
            return window_ref, dt.datetime.strptime(time, "%H%M").replace(tzinfo=dt.UTC).time()
        except ValueError:
            raise forms.ValidationError(_("Please choose a start from the list.")) from None


class DeclineForm(forms.Form):
    """Why a request will not be fulfilled: one of the known reasons."""

    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(key, DECLINES[key]) for key in kind.declines]  # type: ignore[attr-defined]


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
