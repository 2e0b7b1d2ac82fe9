"""Forms of the session room. There is no free text: what was told in the room has nowhere to stand."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.training.content.offerings import Edition
from upstander.program.training.selectors.choices import MOST_HEADS, STANDINGS
from upstander.program.training.selectors.offerings import words_of
from upstander.program.training.services.tallies import Tally, Unnumbered

WITHOUT_NUMBER = ("staff", "substitute", "contractor", "volunteer")


class WalkInForm(forms.Form):
    """Someone who is not on the list."""

    staff_number = forms.CharField(
        label=_("Staff number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    standing = forms.ChoiceField(label=_("Who is it?"), choices=STANDINGS, required=False)


def _heads(label: Any) -> forms.IntegerField:
    attributes = {"inputmode": "numeric", "min": 0, "max": MOST_HEADS}
    return forms.IntegerField(label=label, initial=0, required=False, widget=forms.NumberInput(attrs=attributes))


class TallyForm(forms.Form):
    """The head count before closing. Whoever has no staff number is counted by what brings them, and never named."""

    counted = forms.IntegerField(
        label=_("How many people do you count in the room?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": MOST_HEADS}),
    )
    staff = _heads(_("Staff who do not have their number at hand"))
    substitute = _heads(_("Substitutes"))
    contractor = _heads(_("Contractors"))
    volunteer = _heads(_("Volunteers"))
    card_count = forms.IntegerField(
        label=_("How often did you need the facilitator’s card?"),
        help_text=_("A number and nothing else; zero for never."),
        initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0, "max": 50}),
    )
    initials = forms.CharField(
        label=_("Your initials"),
        max_length=4,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    offering = forms.ChoiceField(
        label=_("What was given?"),
        help_text=_("Planned as shown; change it if you gave something else."),
        required=False,
    )
    difference_is_known = forms.BooleanField(label=_("I know of the difference. Close as it is."), required=False)

    def __init__(self, data: Any = None, *, session: Any, editions: Iterable[Edition]) -> None:
        super().__init__(data, initial={"offering": session.offering})
        offered = [(each.name, words_of(each)) for each in editions]
        if session.offering not in dict(offered):
            offered.insert(0, (session.offering, session.offering or str(_("Not known"))))
        cast("forms.ChoiceField", self.fields["offering"]).choices = offered

    @staticmethod
    def named(field: str) -> str:
        """The form's field for the service's."""
        return "staff" if field == "unnumbered" else field

    @property
    def without_number(self) -> list[forms.BoundField]:
        """The fields for people without a number, which stand together."""
        return [self[name] for name in WITHOUT_NUMBER]

    @property
    def has_unnumbered(self) -> bool:
        """Whether something was typed there, or is wrong."""
        return any(field.errors or field.data not in {None, "", "0"} for field in self.without_number)

    @property
    def others(self) -> list[forms.BoundField]:
        """What is asked after the heads."""
        return [self[name] for name in self.fields if name not in {"counted", *WITHOUT_NUMBER}]

    def tally(self) -> Tally:
        """What the service takes."""
        told = dict(self.cleaned_data)
        unnumbered = Unnumbered(**{name: told.pop(name) or 0 for name in WITHOUT_NUMBER})
        return Tally(**{**told, "initials": told["initials"].upper()}, unnumbered=unnumbered)


class JoiningForm(forms.Form):
    """Where people join from afar."""

    address = forms.CharField(
        label=_("Address of the meeting"),
        help_text=_("It begins with https://. Leave it empty to take it back."),
        max_length=300,
        required=False,
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )


class MatchForm(forms.Form):
    """Whose number it was."""

    staff_number = forms.CharField(max_length=20, widget=forms.HiddenInput)
    right_number = forms.CharField(
        label=_("Right staff number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
