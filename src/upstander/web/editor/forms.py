"""The words of one passage, both languages beside each other. Checks shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.web.shared.widgets import DayInput

LONGEST = 700


class PassageForm(forms.Form):
    """What the district says here, and from which day on."""

    en = forms.CharField(
        label=_("In English"),
        help_text=_("Short words, one thought a sentence. Say you, and nobody’s gender."),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 5, "lang": "en", "dir": "auto"}),
    )
    es = forms.CharField(
        label=_("In Spanish"),
        help_text=_("May follow later. Nobody reviews it, and no reader sees it, before both are there."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 5, "lang": "es", "dir": "auto"}),
    )
    shows_on = forms.DateField(
        label=_("Shown from"),
        help_text=_("At the earliest. It is never shown before every review is there."),
        widget=DayInput(),
    )
