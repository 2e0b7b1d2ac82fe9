"""Forms check shape only. What is typed about a fact is short: a value, hours, a source and two days."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import Text
from upstander.program.facts.content import Entry
from upstander.program.facts.policies import reasons
from upstander.program.facts.services import Correction
from upstander.web.facts.words import KINDS, STANDINGS
from upstander.web.shared.widgets import DayInput

PLAIN = {"autocomplete": "off", "spellcheck": "false"}
EXPIRES_HINT = _("From this day on it has to be read again.")


class FilterForm(forms.Form):
    """What the list of facts may be narrowed to; what is not offered means all."""

    search = forms.CharField(label=_("Search"), required=False, max_length=80, widget=forms.TextInput(attrs=PLAIN))
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS.items()])
    standing = forms.ChoiceField(
        label=_("What has to be done"),
        required=False,
        choices=[("", _("All of them")), *((standing, word) for standing, (word, _tone) in STANDINGS.items())],
    )

    @property
    def wanted(self) -> dict[str, str]:
        """The answers that were among the offered ones."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """The same answers for the links to other pages of the list."""
        return f"{urlencode(self.wanted)}&" if self.wanted else ""


class CheckForm(forms.Form):
    """That a fact was read again, when, and until when that is enough."""

    over = forms.IntegerField(widget=forms.HiddenInput())
    read_on = forms.DateField(label=_("Read on"), widget=DayInput())
    expires_on = forms.DateField(label=_("To be read again on"), help_text=EXPIRES_HINT, widget=DayInput())

    def __init__(self, data: Any, *, entry: Entry, over: int, today: dt.date) -> None:
        usual = entry.expires_on - entry.read_on
        super().__init__(data, initial={"over": over, "read_on": today, "expires_on": today + usual})


class CorrectForm(forms.Form):
    """What a fact shall say from now on, and where that was read."""

    over = forms.IntegerField(widget=forms.HiddenInput())
    value = forms.CharField(max_length=60, label=_("What is right"), widget=forms.TextInput(attrs=PLAIN))
    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    hours_en = forms.CharField(label=_("When it answers, in English"), max_length=120, required=False)
    hours_es = forms.CharField(label=_("When it answers, in Spanish"), max_length=120, required=False)
    after_hours_en = forms.CharField(label=_("Outside those hours, in English"), max_length=200, required=False)
    after_hours_es = forms.CharField(label=_("Outside those hours, in Spanish"), max_length=200, required=False)
    source_name = forms.CharField(
        label=_("Where you read it"), help_text=_("The name of the office and its page."), max_length=200
    )
    source_address = forms.CharField(
        label=_("Address of that page"),
        help_text=_("So that every reader can open it."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"type": "url", "inputmode": "url"}),
    )
    read_on = forms.DateField(label=_("Read on"), widget=DayInput())
    expires_on = forms.DateField(label=_("To be read again on"), help_text=EXPIRES_HINT, widget=DayInput())

    def __init__(self, data: Any, *, entry: Entry, over: int, is_line: bool, today: dt.date) -> None:
        usual = entry.expires_on - entry.read_on
        known = {
            "over": over,
            "value": entry.value,
            "source_name": entry.source_name,
            "source_address": entry.source_address,
            "read_on": today,
            "expires_on": today + usual,
        }
        for name, text in (("hours", entry.hours), ("after_hours", entry.after_hours)):
            known |= {f"{name}_en": text.en, f"{name}_es": text.es} if text else {}
        super().__init__(data, initial=known)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = reasons(is_line=is_line)
        if not is_line:
            for name in ("hours_en", "hours_es", "after_hours_en", "after_hours_es"):
                del self.fields[name]

    def correction(self) -> Correction:
        """What the service takes."""
        told = {name: " ".join(value.split()) for name, value in self.cleaned_data.items() if isinstance(value, str)}
        return Correction(
            value=told["value"],
            hours=_both(told, "hours"),
            after_hours=_both(told, "after_hours"),
            source_name=told["source_name"],
            source_address=told["source_address"],
            read_on=self.cleaned_data["read_on"],
            expires_on=self.cleaned_data["expires_on"],
        )


def _both(told: dict[str, str], name: str) -> Text | None:
    en, es = told.get(f"{name}_en", ""), told.get(f"{name}_es", "")
    return Text(en, es) if en or es else None
