"""A form over what others may change too: it knows what its author saw, and shows what stands when that is another."""

import datetime as dt
from collections.abc import Iterator
from copy import copy
from typing import Any, NamedTuple

from django import forms
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from upstander.foundation.kernel.seen import Outdated, seal_of

NOTHING = "–"


class Stands(NamedTuple):
    """What stands in a field's place now, where something else was typed."""

    name: str
    words: str


class Sealed(forms.Form):
    """A form that carries the seal of what its author saw in the hidden field called `seal_field`."""

    seal_field = "seen"
    proposals: frozenset[str] = frozenset()  # fields that begin with a suggestion, not with what stands

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands_now: list[Stands] = []
        self.is_outdated = False

    @classmethod
    def first(cls, stands: Any) -> dict[str, Any]:
        """What stands, as the fields of this form begin with it."""
        return {name: getattr(stands, name) for name in cls.base_fields if hasattr(stands, name)}

    def renew(self, refusal: Outdated) -> None:
        """Keep what was typed, show what stands now, and take its seal: sent once more, the form holds against that."""
        stands = {} if refusal.shown is None else self.first(refusal.shown)
        self.initial = {**self.initial, **stands, self.seal_field: refusal.seal}
        typed: Any = copy(self.data)
        typed[self.add_prefix(self.seal_field)] = str(refusal.seal)
        self.data = typed
        self.is_outdated, self.stands_now = True, list(self._differing())

    def _differing(self) -> Iterator[Stands]:
        for name, field in self.fields.items():
            typed = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            stands = self.initial.get(name)
            if name in self.proposals or field.widget.is_hidden or field.disabled:
                continue
            if field.has_changed(stands, typed):
                where = getattr(field, "where", "")
                yield Stands(f"{where}, {field.label}" if where else str(field.label), _words(field, stands))


class Seen(Sealed):
    """The form of one record: `stands` is what its page shows, None where there is nothing yet."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, stands: Any = None, **kwargs: Any) -> None:
        initial = {**kwargs.pop("initial", {}), **({} if stands is None else self.first(stands))}
        super().__init__(data, initial=initial | {"seen": seal_of(stands)}, **kwargs)

    def typed(self) -> dict[str, Any]:
        """What was typed, without the seal."""
        return {name: value for name, value in self.cleaned_data.items() if name != self.seal_field}


def _words(field: forms.Field, value: Any) -> str:
    """What stands in a field as people read it."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if value in (None, "", [], ()):
        return NOTHING
    if isinstance(field, forms.ChoiceField):
        chosen = {str(each) for each in (value if isinstance(value, (list, tuple)) else [value])}
        return ", ".join(str(label) for key, label in _options(field.choices) if str(key) in chosen) or NOTHING
    if isinstance(value, dt.date):
        return date_format(value)
    return time_format(value) if isinstance(value, dt.time) else str(value)


def _options(choices: Any) -> Iterator[tuple[object, object]]:
    """Every option, out of its group."""
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _options(label)
        else:
            yield key, label
