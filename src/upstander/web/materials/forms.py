"""Forms check shape only. Whatever can be chosen is chosen; a title is all that is written."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.program.materials.selectors.choices import (
    AUDIENCES,
    HOWS,
    KINDS,
    LANGUAGES,
    REASONS,
    SIZES,
    TITLE_LENGTH,
    WITHDRAWALS,
    wishes,
)
from upstander.program.materials.selectors.parcels import Shelf
from upstander.program.materials.services.catalogue import Described
from upstander.program.materials.services.parcels import Packed
from upstander.web.shared.widgets import DayInput


def number_input(least: int = 0, most: int = 100_000) -> forms.NumberInput:
    """A field for a count."""
    return forms.NumberInput(attrs={"inputmode": "numeric", "min": least, "max": most})


class MaterialForm(forms.Form):
    """A material of the district's own."""

    title_en = forms.CharField(label=_("Its name in English"), max_length=TITLE_LENGTH)
    title_es = forms.CharField(label=_("Its name in Spanish"), max_length=TITLE_LENGTH)
    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect)
    audience = forms.ChoiceField(label=_("For whom is it?"), choices=AUDIENCES, widget=forms.RadioSelect)
    size = forms.ChoiceField(label=_("How large is it?"), choices=SIZES, widget=forms.RadioSelect)
    answers = forms.ChoiceField(
        label=_("Which wish does it fulfill?"), help_text=_("It is offered when a request ticks this."), choices=()
    )
    most_per_site = forms.IntegerField(label=_("Most copies per site and school year"), widget=number_input(1))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        options = [(key, text.in_language(language)) for key, text in wishes().items()]
        self.fields["answers"].choices = options  # type: ignore[attr-defined]

    def described(self) -> Described:
        """What the service takes."""
        return Described(**self.cleaned_data)


class EditionForm(forms.Form):
    """A new edition: language, day, and the facts printed on it."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    edition_on = forms.DateField(label=_("Edition of"), widget=DayInput())
    prints = forms.MultipleChoiceField(
        label=_("Which facts stand on it?"),
        help_text=_("When one of them changes, every site that holds copies is asked to take them away."),
        choices=(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, facts: Iterable[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prints"].choices = list(facts)  # type: ignore[attr-defined]


class BookForm(forms.Form):
    """Copies of one edition: received, counted, or returned by a site."""

    WHAT = (
        ("received", _("Received from the printer: so many more")),
        ("counted", _("The shelf was counted: so many are there")),
        ("returned", _("A site returned so many")),
    )
    what = forms.ChoiceField(label=_("What happened?"), choices=WHAT, widget=forms.RadioSelect)
    count = forms.IntegerField(label=_("Copies"), widget=number_input())
    reason = forms.ChoiceField(label=_("Why does the count differ?"), choices=[("", "–"), *REASONS], required=False)
    site = forms.ChoiceField(label=_("Which site returned them?"), required=False)

    def __init__(self, *args: Any, sites: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", "–"), *sites]  # type: ignore[attr-defined]

    def named(self, field: str) -> str:
        """The form's field for the service's."""
        return field if field in self.fields else "count"

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for what, field in (("counted", "reason"), ("returned", "site")):
            if told.get("what") == what and not told.get(field):
                self.add_error(field, _("Please choose one."))
        return told


class WithdrawForm(forms.Form):
    """Why an edition is sent no more."""

    reason = forms.ChoiceField(label=_("Why?"), choices=WITHDRAWALS, widget=forms.RadioSelect)


class LimitForm(forms.Form):
    """Another limit."""

    most = forms.IntegerField(label=_("Most copies per site and school year"), widget=number_input(1))


class PackForm(forms.Form):
    """How many copies of each edition go into a parcel: one field for each that fits what is open."""

    limit_is_meant = forms.BooleanField(label=_("The site may have more than its share this year."), required=False)
    how = forms.ChoiceField(label=_("How does it go?"), choices=HOWS, widget=forms.RadioSelect)
    is_last = forms.BooleanField(label=_("Nothing more will come: the request ends with this parcel."), required=False)

    def __init__(self, *args: Any, shelves: Iterable[Shelf], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelves = list(shelves)
        for shelf in self.shelves:
            rest = shelf.line.rest
            for edition in shelf.editions:
                proposed = min(rest, edition.shelf_count)
                rest -= proposed
                self.fields[edition.ref] = _count_field(edition, proposed)

    @property
    def lines(self) -> list[tuple[Shelf, list[forms.BoundField]]]:
        """Each open line with the fields of its editions, for the template."""
        return [(shelf, [self[edition.ref] for edition in shelf.editions]) for shelf in self.shelves]

    @property
    def doubts(self) -> list[forms.BoundField]:
        """The box that lets more than the year's share through: it shows only once that was the matter."""
        box = self["limit_is_meant"]
        return [box] if box.errors or box.data else []

    def packed(self) -> Packed:
        """What the service takes."""
        data = self.cleaned_data
        refs = [edition.ref for shelf in self.shelves for edition in shelf.editions]
        counts = {ref: data[ref] or 0 for ref in refs}
        return Packed(counts, data["how"], data["is_last"], data["limit_is_meant"])


def _count_field(edition: Any, proposed: int) -> forms.Field:
    told = {"day": date_format(edition.edition_on), "count": edition.shelf_count}
    return forms.IntegerField(
        label=_("Edition of %(day)s: %(count)s in stock") % told,
        min_value=0,
        required=False,
        initial=proposed,
        widget=number_input(0, edition.shelf_count),
    )
