"""Forms check shape only; what can be is the service's question. There is no box for remarks, on purpose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.gatherings.content.choices import CARERS, MOST_PLACES, MOST_WANTED, OLDEST, TONGUES
from upstander.program.gatherings.services.evenings import Arrangement


def number(label: object, most: int, *, least: int = 0, hint: object = "", required: bool = True) -> forms.IntegerField:
    """A whole number, typed on the number keys."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": least, "max": most})
    return forms.IntegerField(label=label, widget=widget, help_text=hint, required=required)  # type: ignore[arg-type]


class ArrangementForm(forms.Form):
    """What an evening carries."""

    care_places = number(
        _("Places in the care for little ones"), MOST_PLACES, hint=_("0 if there is none."), required=False
    )
    care_from = number(_("From which age?"), OLDEST, required=False)
    care_until = number(_("To which age?"), OLDEST, required=False)
    care_by = forms.ChoiceField(label=_("Who takes care?"), choices=[("", "–"), *CARERS], required=False)
    interpreters = forms.MultipleChoiceField(
        label=_("Which interpreters are there?"),
        choices=TONGUES,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    has_food = forms.BooleanField(label=_("There are refreshments."), required=False)
    is_step_free = forms.BooleanField(label=_("The room can be reached without steps."), required=False)
    phone = forms.CharField(
        label=_("Phone for questions"),
        max_length=30,
        required=False,
        help_text=_("The school’s office. It stands on the invitation."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def arrangement(self) -> Arrangement:
        """What the service takes."""
        told: dict[str, Any] = dict(self.cleaned_data)
        for name in ("care_places", "care_from", "care_until"):
            told[name] = told[name] or 0
        return Arrangement(**{**told, "interpreters": tuple(told["interpreters"]), "phone": told["phone"].strip()})


class HeldForm(forms.Form):
    """How many came."""

    counted = number(_("How many adults came?"), 1500)
    initials = forms.CharField(
        label=_("Your initials"),
        max_length=4,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class WantedForm(forms.Form):
    """What a family would like: a count and a language, and no name."""

    care_count = number(_("How many places in the care?"), MOST_WANTED, required=False)
    language = forms.ChoiceField(
        label=_("Which language would help you?"), choices=[("", "–"), *TONGUES], required=False
    )
