"""Forms check shape only; whether days fit together is the service's question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.web.shared.widgets import DayInput

SHORT = {"autocomplete": "off", "spellcheck": "false"}
REASONS = [
    ("wrong_person", _("It was recorded for the wrong person.")),
    ("wrong_day", _("The day is wrong.")),
    ("not_present", _("They were not there.")),
    ("evidence_withdrawn", _("The proof no longer stands.")),
]


class FindForm(forms.Form):
    """Whom one is looking for."""

    text = forms.CharField(
        label=_("Staff number, or how the family name begins"),
        max_length=80,
        required=False,
        widget=forms.TextInput(SHORT),
    )


class LeaveForm(forms.Form):
    """From when until before when. There is no place for a reason, on purpose."""

    starts_on = forms.DateField(label=_("First day away"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("First day back"), widget=DayInput(), required=False, help_text=_("Leave empty while nobody knows.")
    )


class NameForm(forms.Form):
    """The name as they bear it now."""

    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False, widget=forms.TextInput(SHORT))
    family_name = forms.CharField(label=_("Family name"), max_length=80, required=False, widget=forms.TextInput(SHORT))


class TakeBackForm(forms.Form):
    """A completion that should not have been recorded so, and its certificate with it."""

    reason = forms.ChoiceField(label=_("Why it is taken back"), choices=REASONS)
    completed_on = forms.DateField(
        label=_("The right day, if there is one"),
        widget=DayInput(),
        required=False,
        help_text=_(
            "Then it is recorded anew for that day, with the same proof. Leave empty to take it back for good."
        ),
    )


def take_back_form(data: Any, ref: str) -> TakeBackForm:
    """The form of one completion; only its fields' marks bear its ref, so that several fit on a page."""
    return TakeBackForm(data, auto_id=f"id_{ref}_%s")


def leave_form(data: Any, leave: Any) -> LeaveForm:
    """The form of one leave that is there; its fields bear its ref, so that several fit on a page."""
    return LeaveForm(data, prefix=leave.ref, initial={"starts_on": leave.starts_on, "ends_on": leave.ends_on})
