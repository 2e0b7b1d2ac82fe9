"""What a service refused, told at the fields it belongs to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms

from upstander.foundation.kernel.errors import Invalid, Refused, WrongState
from upstander.foundation.kernel.seen import Outdated
from upstander.web.shared.seen import Sealed


@contextmanager
def told_at(form: forms.Form) -> Iterator[None]:
    """Tell what a service inside refuses at the fields of the form, go on after the block, and keep what was typed.

    Refusals about rights or absence go on to the middleware: no form puts them right.
    """
    try:
        yield
    except (Invalid, WrongState) as refusal:
        tell(form, refusal)


def tell(form: forms.Form, refusal: Refused) -> None:
    """Put every sentence of the refusal at its field, and what has no field of this form above it.

    A form whose fields are not called like the service's says which one is meant: `named(field)`. One that somebody
    else was faster than shows what stands now.
    """
    named = getattr(form, "named", str)
    # All fields are found first: an error takes what was typed out of the cleaned data.
    refusals = (refusal, *refusal.also) if isinstance(refusal, Invalid) else ()
    told = [(named(each.field) if each.field else None, str(each)) for each in refusals] or [(None, str(refusal))]
    for field, sentence in told:
        form.add_error(field if field in form.fields else None, sentence)
    if isinstance(form, Sealed) and isinstance(refusal, Outdated):
        form.renew(refusal)
