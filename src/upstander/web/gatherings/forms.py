"""Forms check shape only; what can be is the service's question. There is no box for remarks, on purpose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.gatherings.content.choices import (
    BREAKS,
    BRINGS,
    CARERS,
    MOST_FEE,
    MOST_GUESTS,
    MOST_PLACES,
    MOST_WANTED,
    NAME_LENGTH,
    NEEDS,
    OLDEST,
    PLACE_LENGTH,
    SPOKEN_OF,
    TITLE_LENGTH,
    are_tongues,
    tongues,
)
from upstander.program.gatherings.services.evenings import Arrangement
from upstander.program.gatherings.services.guests import SignUp
from upstander.program.gatherings.services.parts import Agreed
from upstander.program.gatherings.services.symposiums import Plan
from upstander.program.training.content.kinds import kind_of
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput, FewFirst


def number(label: object, most: int, *, least: int = 0, hint: object = "", required: bool = True) -> forms.IntegerField:
    """A whole number, typed on the number keys."""
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": least, "max": most})
    return forms.IntegerField(label=label, widget=widget, help_text=hint, required=required)  # type: ignore[arg-type]


def _one_tongue() -> list[Any]:
    return [("", "–"), *tongues()]


class ArrangementForm(Seen):
    """What an evening carries."""

    care_places = number(
        _("Places in the care for little ones"), MOST_PLACES, hint=_("0 if there is none."), required=False
    )
    care_from = number(_("From which age?"), OLDEST, required=False)
    care_until = number(_("To which age?"), OLDEST, required=False)
    care_by = forms.ChoiceField(label=_("Who takes care?"), choices=[("", "–"), *CARERS], required=False)
    interpreters = forms.MultipleChoiceField(
        label=_("Which interpreters are there?"),
        choices=tongues,
        widget=FewFirst,
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
        told = self.typed()
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
    language = forms.ChoiceField(label=_("Which language would help you?"), choices=_one_tongue, required=False)


def _time(label: object) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)  # type: ignore[arg-type]


def _choose(label: object, choices: list[Any], hint: object = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=hint,  # type: ignore[arg-type]
    )


TITLE_HINT = _("It stands in mails and calendars: choose words that anyone may see.")


class SymposiumForm(Seen):
    """When and where, for how many, and what it is called."""

    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH, help_text=TITLE_HINT)
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=TITLE_LENGTH)
    on = forms.DateField(label=_("Day"), widget=DayInput())
    starts = _time(_("From"))
    ends = _time(_("Until"))
    place = forms.CharField(label=_("Place with its address"), max_length=PLACE_LENGTH)
    capacity = number(_("For how many guests?"), MOST_GUESTS, least=1)
    interpreters = forms.MultipleChoiceField(
        label=_("Which interpreters are there?"), choices=tongues, widget=FewFirst, required=False
    )

    def plan(self) -> Plan:
        """What the service takes."""
        return Plan(**{**self.typed(), "interpreters": tuple(self.cleaned_data["interpreters"])})


def first_plan(asked: Any) -> dict[str, Any]:
    """What a request for an event says of its symposium; the first wished day, and its kind of event as the title."""
    site, window = asked.site, asked.windows.order_by("on", "starts").first()
    title = kind_of(asked.kind).options_of("form").get(asked.answers.get("form", ""))
    place = ", ".join(part for part in (asked.room, site.name, site.street, site.city) if part)
    days = {"on": window.on, "starts": window.starts, "ends": window.ends} if window else {}
    return {
        "title_en": title.en if title else "",
        "title_es": title.es if title else "",
        "place": place[:PLACE_LENGTH],
        "capacity": min(asked.head_count, MOST_GUESTS),
        "interpreters": [code for code in asked.languages if are_tongues([code])],
        **days,
    }


class SlotForm(forms.Form):
    """A line of the agenda."""

    starts = _time(_("From"))
    ends = _time(_("Until"))
    title_en = forms.CharField(label=_("Title in English"), max_length=TITLE_LENGTH)
    title_es = forms.CharField(label=_("Title in Spanish"), max_length=TITLE_LENGTH)
    room = forms.CharField(label=_("Room"), max_length=40, required=False)


class HostForm(forms.Form):
    """An organization that gives the symposium too."""

    name = forms.CharField(label=_("Name of the organization"), max_length=TITLE_LENGTH)
    brings = _choose(_("What does it bring?"), BRINGS)


class SpeakerForm(Seen):
    """A speaker, the fee, and the care that every speaker is offered."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, help_text=_("As the speaker wishes to be announced.")
    )
    organization = forms.CharField(label=_("Organization"), max_length=NAME_LENGTH, required=False)
    slot_ref = forms.ChoiceField(label=_("Speaks at"), required=False)
    fee = number(_("Fee in whole dollars"), MOST_FEE, hint=_("Also paid to a speaker who stops early."), required=False)
    topics = _choose(_("What was agreed to be spoken of?"), SPOKEN_OF, _("Nobody is asked for anything beyond these."))
    break_minutes = forms.TypedChoiceField(label=_("Break afterwards"), choices=BREAKS, coerce=int, initial=0)
    may_be_recorded = forms.BooleanField(
        label=_("The speaker has agreed to a recording. Without this nobody records."), required=False
    )
    care_name = forms.CharField(
        label=_("Who is there for the speaker that day?"), max_length=NAME_LENGTH, required=False
    )
    care_phone = forms.CharField(label=_("Phone of that person"), max_length=30, required=False)

    def __init__(self, *args: Any, slots: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot_ref"].choices = [("", "–"), *slots]  # type: ignore[attr-defined]

    def agreed(self) -> Agreed:
        """What the service takes."""
        data = self.typed()
        return Agreed(**{**data, "fee": data["fee"] or 0, "topics": tuple(data["topics"])})


class PaymentForm(forms.Form):
    """What was paid."""

    amount = forms.IntegerField(
        label=_("Amount in whole dollars"),
        help_text=_("A minus puts a mistake right."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    paid_on = forms.DateField(label=_("Paid on"), widget=DayInput())


class SignUpForm(forms.Form):
    """Signing up from outside."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        help_text=_("For the list at the door."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organization = forms.CharField(
        label=_("Organization"),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We mail you a link; you have a place when you follow it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    interpreter = forms.ChoiceField(label=_("Which language would help you?"), choices=_one_tongue, required=False)
    needs = _choose(_("What would make it easier for you?"), NEEDS)

    def given(self, language: str) -> SignUp:
        """What the service takes."""
        return SignUp(**{**self.cleaned_data, "needs": tuple(self.cleaned_data["needs"]), "language": language})
