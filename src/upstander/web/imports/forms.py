"""What is asked about a spreadsheet and its columns. Shape only: the services say what is missing or impossible."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.engines.tables.cells import school_year
from upstander.engines.tables.sheets import MOST_BYTES, letter
from upstander.foundation.kernel.content import said
from upstander.program.imports.content.columns import (
    HOURS,
    LOOKED_AT,
    OF_TRAININGS,
    REQUESTS,
    ROLES,
    ROSTER,
    SITE_TRAININGS,
    YEAR,
    Choice,
    guess,
)
from upstander.program.imports.content.reading import Cells
from upstander.program.imports.selectors.requests import kinds_offered
from upstander.program.training.selectors.choices import AUDIENCES
from upstander.web.imports import words
from upstander.web.shared.widgets import DayInput

EXAMPLES = 3
UNUSED = "unused"
MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """A file, and what it is about."""

    kind = forms.ChoiceField(label=_("What does the list tell?"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("The spreadsheet"),
        help_text=_("A workbook (.xlsx) or a text file (.csv). The file itself is not kept."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
        allow_empty_file=True,  # what an empty file lacks is said in our own words
    )

    def __init__(self, *given: Any, kinds: Collection[str]) -> None:
        super().__init__(*given)
        self.fields["kind"].choices = [(kind, word) for kind, word in words.KINDS.items() if kind in kinds]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("This file is larger than %(most)s MB. Take the columns that matter into a new one.")
                % {"most": MOST_BYTES // MEGABYTE}
            )
        return file


class SheetForm(forms.Form):
    """Which sheet, and which of its rows holds the headings."""

    sheet = forms.TypedChoiceField(label=_("Sheet"), coerce=int)
    header = forms.TypedChoiceField(label=_("Row with the headings"), coerce=int)

    def __init__(self, data: Any, *, sheets: Sequence[tuple[int, str]], rows: int) -> None:
        super().__init__(data)
        self.fields["sheet"].choices = list(sheets)  # type: ignore[attr-defined]
        numbers = range(min(rows, LOOKED_AT))
        self.fields["header"].choices = [(index, str(index + 1)) for index in numbers]  # type: ignore[attr-defined]
        if len(sheets) < 2:
            del self.fields["sheet"]


class ColumnsForm(forms.Form):
    """What each column holds, the training, and the order of day and month where it is open."""

    def __init__(
        self, data: Any = None, *, kind: str, cells: Cells, choice: Choice, trainings: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(data)
        self.kind, self.choice = kind, choice
        self.header = cells.rows[choice.header_row]
        known = {column: role for role, column in choice.columns.items()} | dict.fromkeys(choice.years, YEAR)
        known = known or guess(kind, self.header)
        self.places = [column for column in range(len(self.header)) if self._holds(cells, column)]
        for column in self.places:
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=_("Column %(letter)s: %(heading)s")
                % {"letter": letter(column), "heading": self.header[column] or _("no heading")},
                help_text=self._examples(cells, column),
                choices=self._roles(column),
                initial=known.get(column, UNUSED),
            )
        if kind in OF_TRAININGS:
            self._ask_subject(trainings)
        if kind == HOURS:
            self._ask_audience()
        if kind == REQUESTS:
            self._ask_asked()
        if kind == ROSTER:
            self._ask_since()
        self.fields["order"] = forms.ChoiceField(
            label=_("Which number is the month?"),
            choices=list(words.ORDERS.items()),
            widget=forms.RadioSelect,
            initial=choice.order,
            required=False,
        )
        please_choose(self.fields["order"])

    def _ask_subject(self, trainings: Sequence[tuple[str, str]]) -> None:
        self.fields["subject"] = forms.ChoiceField(
            label=_("Which training is the list about?"), choices=trainings, initial=self.choice.subject
        )

    def _ask_audience(self) -> None:
        self.fields["audience"] = forms.ChoiceField(
            label=_("Who is free, where a row does not say so?"),
            choices=[("", _("(every row says it)")), *AUDIENCES],
            initial=self.choice.audience,
            required=False,
        )

    def _ask_asked(self) -> None:
        kinds = [(key, said(texts[0])) for key, texts in kinds_offered().items()]
        self.fields["asked"] = forms.ChoiceField(
            label=_("What was asked for, where a row does not say so?"),
            choices=[("", _("(every row says it)")), *kinds],
            initial=self.choice.asked,
            required=False,
        )

    def _ask_since(self) -> None:
        self.fields["since"] = forms.DateField(
            label=_("Since when are people in post, where a row does not say so?"),
            help_text=_("What they are due to be trained in is counted from that day."),
            widget=DayInput(),
            initial=self.choice.since_on,
            required=False,
        )
        self.fields["is_complete"] = forms.BooleanField(
            label=_("This list is complete"),
            help_text=_(
                "Open posts that it does not name are shown as ending. Leave it unchecked for a part of the staff."
            ),
            initial=self.choice.is_complete,
            required=False,
        )

    def _holds(self, cells: Cells, column: int) -> bool:
        return any(column < len(row) and row[column] for row in cells.rows[self.choice.header_row :])

    def _examples(self, cells: Cells, column: int) -> str:
        found = (row[column] for row in cells.rows[self.choice.header_row + 1 :] if row[column])
        shown = [value for value, _index in zip(dict.fromkeys(found), range(EXAMPLES), strict=False)]
        return str(_("For example: %(examples)s")) % {"examples": "; ".join(shown)} if shown else ""

    def _roles(self, column: int) -> list[tuple[str, Any]]:
        roles: list[tuple[str, Any]] = [
            (role, words.OWN_ROLES.get((self.kind, role)) or words.ROLES[role]) for role in ROLES[self.kind]
        ]
        year = school_year(self.header[column])
        if year is not None and self.kind == SITE_TRAININGS:
            roles.append((YEAR, _("Marks for the school year %(year)s") % {"year": words.year_name(year)}))
        return [(UNUSED, _("Not needed")), *roles]

    @property
    def asks_order(self) -> bool:
        """Whether the order of day and month is open, or was."""
        return bool(self.errors.get("order") or self.choice.order or self.data.get("order"))

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields to draw."""
        return [field for field in self if field.name != "order" or self.asks_order]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        taken: dict[str, int] = {}
        for column in self.places:
            role = given.get(f"column_{column}", UNUSED)
            if role not in (UNUSED, YEAR) and role in taken:
                self.add_error(
                    f"column_{column}",
                    _("Column %(letter)s holds this already.") % {"letter": letter(taken[role])},
                )
            taken.setdefault(role, column)
        return given

    @property
    def chosen(self) -> Choice:
        """What was chosen, as the service takes it."""
        roles = {column: self.cleaned_data[f"column_{column}"] for column in self.places}
        years = {column: school_year(self.header[column]) for column, role in roles.items() if role == YEAR}
        return Choice(
            sheet=self.choice.sheet,
            header_row=self.choice.header_row,
            columns={role: column for column, role in roles.items() if role not in (UNUSED, YEAR)},
            years={column: year for column, year in years.items() if year is not None},
            order=self.cleaned_data["order"],
            subject=self.cleaned_data.get("subject", ""),
            audience=self.cleaned_data.get("audience", ""),
            asked=self.cleaned_data.get("asked", ""),
            since=self._since(),
            is_complete=self.cleaned_data.get("is_complete", False),
        )

    def _since(self) -> str:
        day = self.cleaned_data.get("since")
        return day.isoformat() if day else ""


def please_choose(field: forms.Field) -> None:
    """What may be left open for now is asked for all the same; the label says so instead of "optional"."""
    field.needed = _("(please choose)")  # type: ignore[attr-defined]
