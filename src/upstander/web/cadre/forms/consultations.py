"""What a consultant says of a consultation in their hands: chosen words, a day and minutes, never a text."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from upstander.program.training.selectors.choices import CALL_ENDS, HAND_BACKS
from upstander.program.training.services.call_backs import Call
from upstander.web.shared.widgets import DayInput

MINUTES = (10, 15, 20, 30, 45, 60, 90, 120)


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


class CallForm(forms.Form):
    """That the call was made."""

    end = forms.ChoiceField(label=_("How did it end?"), choices=CALL_ENDS, widget=forms.RadioSelect)
    on = forms.DateField(label=_("Day of the call"), widget=DayInput())
    minutes = forms.TypedChoiceField(
        label=_("How long did it take?"),
        coerce=int,
        choices=[("", "–"), *((count, lazy(_minutes, str)(count)) for count in MINUTES)],
    )

    def __init__(self, data: Any, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"on": today}, **kwargs)

    def call(self) -> Call:
        """What the service takes."""
        return Call(**self.cleaned_data)


class HandBackForm(forms.Form):
    """Why somebody else had better take it."""

    reason = forms.ChoiceField(label=_("Why?"), choices=HAND_BACKS, widget=forms.RadioSelect)
