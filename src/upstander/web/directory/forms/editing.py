"""What editors write: organizations, places, entries, checks, and lists from elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.languages import offered_languages
from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.phones import number_of
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.content.where import Where
from upstander.program.directory.selectors.choices import (
    ACCESS,
    COSTS,
    LOCATION_KINDS,
    MAY_REPORT,
    METHODS,
    NAME_LENGTH,
    NUMBER_LENGTH,
    OUTCOMES,
    PHONE_KINDS,
    ROLES,
    TAKES_REPORT,
    TEXT_LENGTH,
)
from upstander.program.directory.services.checking import Check
from upstander.program.directory.services.entries import Written
from upstander.web.shared.seen import Sealed
from upstander.web.shared.widgets import FewFirst

LEAST_NUMBERS = 3


class Overwriting(Sealed):
    """A form that knows which version of a record somebody has before them: of two editors at once, one is told."""

    seal_field = "over"
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_over(self) -> int:
        """The version; 0 for what is new."""
        return self.cleaned_data["over"] or 0


class OrganizationForm(Overwriting):
    """Who gives services."""

    name = forms.CharField(label=_("Its name"), max_length=NAME_LENGTH)
    about = forms.CharField(label=_("What it is, in a sentence"), max_length=TEXT_LENGTH, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")


class PlaceForm(Overwriting):
    """A place of an organization."""

    kind = forms.ChoiceField(label=_("Who may know the address?"), choices=LOCATION_KINDS, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name of the place"), max_length=NAME_LENGTH, required=False)
    street = forms.CharField(label=_("Street"), max_length=NAME_LENGTH, required=False)
    city = forms.CharField(label=_("City or area"), max_length=60, required=False)
    state_code = forms.RegexField(r"^[A-Za-z]{2}$", label=_("State, in two letters"), required=False)
    postal_code = forms.CharField(label=_("ZIP code"), max_length=10, required=False)
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    access = forms.MultipleChoiceField(
        label=_("Accessibility"), choices=ACCESS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("latitude") is None) != (told.get("longitude") is None):
            self.add_error("longitude", _("Please give both or neither."))
        return told

    def where(self) -> Where:
        """What the service takes."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "over"}
        return Where(**{**told, "access": tuple(told["access"]), "state_code": told["state_code"].upper()})


class EntryForm(Overwriting):
    """One entry: what it is, for whom, how to reach it, when and where."""

    organization = forms.ChoiceField(label=_("Who offers it?"))
    name_en = forms.CharField(
        label=_("Name, in English"),
        help_text=_("One language is enough to begin with: readers of the other one are told so."),
        max_length=NAME_LENGTH,
        required=False,
    )
    name_es = forms.CharField(label=_("Name, in Spanish"), max_length=NAME_LENGTH, required=False)
    about_en = forms.CharField(label=_("What they do, in English"), max_length=TEXT_LENGTH, required=False)
    about_es = forms.CharField(label=_("What they do, in Spanish"), max_length=TEXT_LENGTH, required=False)
    who_en = forms.CharField(label=_("Whom it is for, in English"), max_length=TEXT_LENGTH, required=False)
    who_es = forms.CharField(label=_("Whom it is for, in Spanish"), max_length=TEXT_LENGTH, required=False)
    how_en = forms.CharField(
        label=_("How to ask, in English"),
        help_text=_("For a department unit: what a school sends, and what it never sends."),
        max_length=TEXT_LENGTH,
        required=False,
    )
    how_es = forms.CharField(label=_("How to ask, in Spanish"), max_length=TEXT_LENGTH, required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    needs = forms.MultipleChoiceField(
        label=_("What does it help with?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Languages spoken there"), required=False, widget=FewFirst)
    youngest = forms.IntegerField(label=_("From age"), min_value=0, max_value=120, required=False)
    oldest = forms.IntegerField(label=_("Up to age"), min_value=0, max_value=120, required=False)
    cost = forms.ChoiceField(label=_("Cost"), choices=COSTS, widget=forms.RadioSelect)
    may_report = forms.ChoiceField(label=_("Will they tell someone?"), choices=MAY_REPORT, widget=forms.RadioSelect)
    takes_report = forms.ChoiceField(
        label=_("Do they take mandated reports?"),
        help_text=_("Ask them. The schools’ own police or security is no agency that takes a report."),
        choices=TAKES_REPORT,
        initial=TAKES_REPORT[0][0],
        required=False,
        widget=forms.RadioSelect,
    )
    places = forms.MultipleChoiceField(label=_("Where?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        organizations: Iterable[tuple[str, str]],
        places: Iterable[tuple[str, str]],
        numbers_count: int = LEAST_NUMBERS,
        spans_count: int = 1,
        **kwargs: Any,
    ) -> None:
        """`numbers_count` and `spans_count` are how many numbers, and times a day, the form has room for."""
        super().__init__(*args, **kwargs)
        self.numbers_count, self.spans_count = numbers_count, spans_count
        found, language = shipped(), get_language() or "en"
        choices = {
            "organization": list(organizations),
            "needs": [(key, need.name.in_language(language)) for key, need in found.needs.items()],
            "languages": offered_languages(),
            "places": list(places),
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        if not choices["places"]:
            del self.fields["places"]
        for at in range(numbers_count):
            self._add_number(at)
        for day, word in WEEKDAYS.items():
            for span in range(spans_count):
                self._add_span(day, word, span)

    def _add_number(self, at: int) -> None:
        nth = {"nth": at + 1}
        self.fields[f"number_{at}"] = forms.CharField(
            label=_("Number %(nth)s") % nth, max_length=NUMBER_LENGTH, required=False
        )
        self.fields[f"number_kind_{at}"] = forms.ChoiceField(
            label=_("What number %(nth)s is for") % nth, choices=PHONE_KINDS, required=False
        )

    def _add_span(self, day: int, word: object, span: int) -> None:
        at = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        opens, closes = (_("%(day)s, from") % {"day": word}, _("%(day)s, to") % {"day": word})
        self.fields[f"opens_{day}_{span}"] = forms.TimeField(label=opens, required=False, widget=at)
        self.fields[f"closes_{day}_{span}"] = forms.TimeField(label=closes, required=False, widget=at)

    @property
    def spans(self) -> list[tuple[int, str, str]]:
        """Every pair of times the form has room for: the weekday and the names of both fields."""
        days = ((day, span) for day in WEEKDAYS for span in range(self.spans_count))
        return [(day, f"opens_{day}_{span}", f"closes_{day}_{span}") for day, span in days]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for _day, opens, closes in self.spans:
            if (told.get(opens) is None) != (told.get(closes) is None):
                self.add_error(closes, _("Please give both times, or neither."))
        return told

    def written(self) -> Written:
        """What the service takes."""
        told = self.cleaned_data
        plain = {name: told[name] for name in Written.__dataclass_fields__ if name in told}
        plain |= {"takes_report": told["takes_report"] or TAKES_REPORT[0][0]}
        plain |= {"needs": tuple(told["needs"]), "languages": tuple(told["languages"])}
        return Written(
            organization_ref=told["organization"],
            numbers=tuple(self._numbers()),
            hours=tuple(self._hours()),
            place_refs=tuple(told.get("places", ())),
            **plain,
        )

    def _numbers(self) -> Iterator[Number]:
        for at in range(self.numbers_count):
            if typed := self.cleaned_data[f"number_{at}"]:
                yield number_of(typed, self.cleaned_data[f"number_kind_{at}"] or PHONE_KINDS[0][0])

    def _hours(self) -> Iterator[Hours]:
        for day, opens, closes in self.spans:
            if self.cleaned_data[opens] is not None:
                yield Hours(day, self.cleaned_data[opens], self.cleaned_data[closes])


class CheckForm(forms.Form):
    """How an entry was checked, as it stood before whoever did."""

    over = forms.CharField(widget=forms.HiddenInput)
    method = forms.ChoiceField(label=_("How did you check?"), choices=METHODS, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("In which role?"), choices=ROLES, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=OUTCOMES, widget=forms.RadioSelect)

    def check_told(self) -> Check:
        """What the service takes."""
        return Check(**{name: value for name, value in self.cleaned_data.items() if name != "over"})


class DirectoryFileForm(forms.Form):
    """A list from elsewhere."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_(
            "Services of the open standard as JSON or as its tabular package (a zip of CSV files), or any table as CSV "
            "with headings."
        ),
    )
