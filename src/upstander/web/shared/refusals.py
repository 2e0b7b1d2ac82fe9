"""What a service refused, told at the fields it belongs to."""

from collections.abc import Callable

from django import forms

from upstander.foundation.kernel.errors import Invalid, Refused


def tell(form: forms.Form, refusal: Refused, field_of: Callable[[str], str | None] = str) -> None:
    """Put every sentence of the refusal at its field; `field_of` gives the form's name for the service's."""
    # All fields are found first: an error takes what was typed out of the cleaned data.
    refusals = (refusal, *refusal.also) if isinstance(refusal, Invalid) else ()
    told = [(field_of(each.field) if each.field else None, str(each)) for each in refusals] or [(None, str(refusal))]
    for field, sentence in told:
        form.add_error(field, sentence)
