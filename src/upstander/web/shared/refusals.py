"""What a service refused, told at the fields it belongs to."""

from collections.abc import Callable

from django import forms

from upstander.foundation.kernel.errors import Invalid, Refused, WrongState


def tell(form: forms.Form, refusal: Refused, field_of: Callable[[str], str | None] = str) -> None:
    """Put every sentence of the refusal at its field; `field_of` gives the form's name for the service's."""
    # All fields are found first: an error takes what was typed out of the cleaned data.
    refusals = (refusal, *refusal.also) if isinstance(refusal, Invalid) else ()
    told = [(field_of(each.field) if each.field else None, str(each)) for each in refusals] or [(None, str(refusal))]
    for field, sentence in told:
        form.add_error(field, sentence)


def is_taken(form: forms.Form, save: Callable[[], object]) -> bool:
    """Whether the form was filled in and the service took it; what it refused is told at the fields."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        save()
    except (Invalid, WrongState) as refusal:
        tell(form, refusal)
        return False
    return True
