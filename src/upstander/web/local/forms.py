"""Forms check shape only. Every field is short and closed: nothing here has room for a story."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import Text
from upstander.program.law.content import Line
from upstander.program.law.content.families import POSTS, post_key
from upstander.program.law.content.offices import OFFICES, OPEN, office_key
from upstander.program.law.policies import MOST_LINES, Kind
from upstander.web.local.words import HINTS, KINDS, LABELS, LEVEL_LABEL, STATION_KINDS
from upstander.web.shared.widgets import DayInput

SHORT = {"autocomplete": "off", "spellcheck": "false"}
LEAST_ROWS = 3
CHOICES = {"office": OFFICES, "open_at": OPEN, "post": POSTS}
LENGTHS = {"phone": 30, "room": 16, "email": 120}
KEYS = {"phone": {"type": "tel", "inputmode": "tel"}, "email": {"type": "email", "inputmode": "email"}}


class LinesForm(forms.Form):
    """The lines of one entry; an empty line is none."""

    def __init__(self, data: Any, *, kind: str, lines: Sequence[Line], today: date) -> None:
        self.kind, self.today = KINDS[kind], today
        self.rows = min(MOST_LINES[Kind(kind)], max(LEAST_ROWS, len(lines) + 1))
        super().__init__(data, initial=_initial(lines))
        for position in range(self.rows):
            for name in self.kind.fields:
                field = self.fields[f"{name}_{position}"] = _field(name)
                if self.rows > 1:
                    field.where = f"{self.kind.line} {position + 1}"  # type: ignore[attr-defined]
        if kind == "level_name":
            self.fields["name_0"].label = LEVEL_LABEL

    @property
    def line_rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The bound fields of each line, for the template."""
        for position in range(self.rows):
            yield position + 1, [self[f"{name}_{position}"] for name in self.kind.fields]

    def lines(self) -> tuple[Line, ...]:
        """What the service takes."""
        rows = [{name: self._given(name, position) for name in self.kind.fields} for position in range(self.rows)]
        return tuple(_line(row) for row in rows if any(row.values()))

    def named(self, field: str) -> str | None:
        """The form's field for the service's: it counts only the lines that were filled in."""
        name, _dash, position = field.rpartition("_")
        filled = [p for p in range(self.rows) if any(self._given(n, p) for n in self.kind.fields)]
        if not position.isdigit() or int(position) >= len(filled):
            return None
        found = f"{name}_{filled[int(position)]}"
        return found if found in self.fields else f"name_{filled[int(position)]}"

    def _given(self, name: str, position: int) -> Any:
        found = self.cleaned_data.get(f"{name}_{position}")
        return " ".join(found.split()) if isinstance(found, str) else found


def _in_words(choices: Mapping[str, Text]) -> list[tuple[str, str]]:
    language = get_language() or ""
    return [("", "–"), *((key, text.in_language(language)) for key, text in choices.items())]


def _initial(lines: Sequence[Line]) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for position, line in enumerate(lines):
        told = {
            "name": line.name.en,
            "name_es": line.name.es,
            "phone": line.phone,
            "deputy": line.deputy,
            "verified_on": line.verified_on,
            "office": office_key(line.name),
            "post": post_key(line.name),
            "room": line.room,
            "open_at": line.open_at,
            "email": line.email,
        }
        initial |= {f"{name}_{position}": value for name, value in told.items()}
    return initial


def _line(row: dict[str, Any]) -> Line:
    if "office" in row:
        name = OFFICES.get(row["office"], Text("", ""))
        return Line(name, "", "", None, row["room"] or "", row["open_at"] or "")
    told = row.get("name") or ""
    name = POSTS.get(row.get("post") or "", Text(told, row.get("name_es") or told))
    return Line(
        name, row.get("phone") or "", row.get("deputy") or "", row.get("verified_on"), email=row.get("email") or ""
    )


def _field(name: str) -> forms.Field:
    hint = HINTS.get(name, "")
    if name in CHOICES:
        return forms.ChoiceField(label=LABELS[name], required=False, choices=_in_words(CHOICES[name]))
    if name == "verified_on":
        return forms.DateField(label=LABELS[name], help_text=hint, required=False, widget=DayInput())
    attrs = SHORT | KEYS.get(name, {})
    length = LENGTHS.get(name, 60)
    text = forms.TextInput(attrs=attrs)
    return forms.CharField(label=LABELS[name], help_text=hint, required=False, max_length=length, widget=text)


class NumberForm(forms.Form):
    """The right number."""

    phone = forms.CharField(
        label=_("The right number"), max_length=30, widget=forms.TextInput(attrs=SHORT | {"type": "tel"})
    )


class PolicyForm(forms.Form):
    """One version of the district's own policy."""

    number = forms.CharField(label=_("Number and version"), help_text=_("For instance “BUL-1347.5”."), max_length=30)
    name = forms.CharField(label=_("Name"), max_length=120)
    name_es = forms.CharField(
        label=_("The same in Spanish"),
        help_text=_("Only if your district publishes one. Else the name stands as it is."),
        max_length=120,
        required=False,
    )
    starts_on = forms.DateField(label=_("In force from"), widget=DayInput())
    address = forms.CharField(
        label=_("Where it is published"),
        help_text=_("An address of your own district that begins with https://"),
        max_length=300,
        widget=forms.TextInput(attrs={"type": "url", "inputmode": "url"}),
    )
    reviewed_on = forms.DateField(label=_("Last reviewed on"), required=False, widget=DayInput())


class StationForm(forms.Form):
    """The police or sheriff's station that takes a site's reports."""

    name = forms.CharField(label=_("Name of the station"), max_length=120, widget=forms.TextInput(attrs=SHORT))
    kind = forms.ChoiceField(
        label=_("Kind"),
        help_text=_("Never a school police department: it cannot take this report."),
        choices=STATION_KINDS,
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, widget=forms.TextInput(attrs=SHORT | {"type": "tel"}))
    verified_on = forms.DateField(
        label=LABELS["verified_on"],
        help_text=HINTS["verified_on"],
        widget=DayInput(),
    )
