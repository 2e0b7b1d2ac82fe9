"""What is asked about wishes, pledges and gifts. Shape only."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.materials.selectors.choices import HOURS_LENGTH, MANNERS, PLACE_LENGTH, PURPOSES, WISH_LENGTH
from upstander.program.materials.services.gifts import Gift, Thing
from upstander.program.materials.services.wishes import Where, Wished
from upstander.web.materials.forms import number_input
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput


class WishForm(forms.Form):
    """A wish for the public list: the thing in a few words, and the rest chosen."""

    title_en = forms.CharField(
        label=_("What is wished for, in English?"),
        help_text=_("The thing in a few words. Never who receives it, and nothing about anybody."),
        max_length=WISH_LENGTH,
    )
    title_es = forms.CharField(label=_("The same in Spanish"), max_length=WISH_LENGTH)
    purpose = forms.ChoiceField(label=_("For what?"), choices=PURPOSES, widget=forms.RadioSelect)
    wanted_count = forms.IntegerField(label=_("How many?"), widget=number_input(1, 10_000))
    place = forms.ChoiceField(label=_("Where can it be brought?"), choices=())
    last_on = forms.DateField(label=_("Until which day can it be promised?"), widget=DayInput())

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]

    def wished(self) -> Wished:
        """What the service takes."""
        data = dict(self.cleaned_data)
        return Wished(place_ref=data.pop("place"), **data)


class PlaceForm(Seen):
    """A place where gifts can be brought."""

    name = forms.CharField(label=_("Its name"), max_length=PLACE_LENGTH)
    street = forms.CharField(label=_("Street"), max_length=PLACE_LENGTH)
    city = forms.CharField(label=_("City"), max_length=PLACE_LENGTH)
    hours_en = forms.CharField(
        label=_("Hours, in English"), help_text=_("For instance: Tuesdays, 9 to noon"), max_length=HOURS_LENGTH
    )
    hours_es = forms.CharField(label=_("Hours, in Spanish"), max_length=HOURS_LENGTH)
    manner = forms.ChoiceField(label=_("How does it work there?"), choices=MANNERS, widget=forms.RadioSelect)

    def where(self) -> Where:
        """What the service takes."""
        return Where(**self.typed())


class PledgeForm(forms.Form):
    """How many somebody would bring, and where the link goes."""

    count = forms.IntegerField(label=_("How many would you bring?"), widget=number_input(1, 10_000))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_(
            "We mail you a link, and your promise counts once you follow it. "
            "Only the program’s coordinators see your address."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ReceivedForm(forms.Form):
    """How many really came."""

    count = forms.IntegerField(label=_("How many arrived?"), widget=number_input(1))


class GiftForm(forms.Form):
    """What somebody brought without a promise."""

    count = forms.IntegerField(label=_("How many were brought?"), widget=number_input(1))
    email = forms.EmailField(
        label=_("Where may thanks go?"),
        help_text=_("Only if the donor wishes. The address is deleted like that of a promise."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=[("en", _("English")), ("es", _("Spanish"))])

    def gift(self) -> Gift:
        """What the service takes."""
        return Gift(*(self.cleaned_data[name] for name in GiftForm.base_fields))


class UnwishedForm(GiftForm):
    """The same for a thing that was on no list."""

    title_en = forms.CharField(
        label=_("What is it, in English?"),
        help_text=_("The thing in a few words. Never who receives it, and nothing about anybody."),
        max_length=WISH_LENGTH,
    )
    title_es = forms.CharField(label=_("The same in Spanish"), max_length=WISH_LENGTH)
    purpose = forms.ChoiceField(label=_("For what?"), choices=PURPOSES, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Where was it brought?"), choices=())
    field_order = ("title_en", "title_es", "purpose", "place")

    def __init__(self, *args: Any, places: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)  # type: ignore[attr-defined]

    def thing(self) -> Thing:
        """What the service takes besides the gift."""
        data = self.cleaned_data
        return Thing(data["title_en"], data["title_es"], data["purpose"], data["place"])
