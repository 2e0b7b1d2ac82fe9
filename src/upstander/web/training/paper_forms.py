"""The sheet of a session as it is typed in: lines by number, rows by a tick, walk-ins by their numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.engines.presence import Stay
from upstander.engines.sheet_lines import UnreadLineError, read_lines, read_numbers
from upstander.program.training.selectors.sheets import Line, Sheet
from upstander.program.training.services.paper import Paper, WalkIn

NOT_LISTED = ("walk_ins", "substitute", "contractor", "volunteer")
PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class WalkInsField(forms.CharField):
    """Staff numbers of people without a line, who are all here as the same."""

    def __init__(self, standing: str, **kwargs: Any) -> None:
        super().__init__(max_length=600, required=False, widget=forms.TextInput(attrs=PLAIN), **kwargs)
        self.standing = standing

    def clean(self, value: Any) -> list[WalkIn]:
        try:
            found = read_numbers(super().clean(value))
        except UnreadLineError as unread:
            sentence = _("“%(piece)s” is no staff number with minutes.")
            raise forms.ValidationError(sentence, params={"piece": unread.piece}) from None
        return [WalkIn(number, missed, self.standing) for number, missed in found]


class PaperForm(forms.Form):
    """One field takes a whole sheet; the rows below it take one key each where scripts run."""

    lines = forms.CharField(
        label=_("Lines with initials"),
        help_text=_(
            "For example 1-12, 14, 17-40. Late: 15+10 is line 15, ten minutes late. "
            "Left early: 15/20 is line 15, gone twenty minutes before the end."
        ),
        max_length=400,
        required=False,
        widget=forms.TextInput(attrs={**PLAIN, "autofocus": True}),
    )
    walk_ins = WalkInsField(
        "",
        label=_("Staff numbers of people who are not on the list"),
        help_text=_("Separated by spaces. Late and left early as with lines: T-104+10, T-104/20."),
    )
    substitute = WalkInsField("substitute", label=_("Staff numbers of substitutes"))
    contractor = WalkInsField("contractor", label=_("Staff numbers of contractors"))
    volunteer = WalkInsField("volunteer", label=_("Staff numbers of volunteers"))
    differences_are_known = forms.BooleanField(label=_("The sheet is right. Enter it as it is."), required=False)

    @staticmethod
    def named(field: str) -> str:
        """The form's field for the service's."""
        return "lines" if field == "signed" else field

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self.here = set(self.data.getlist("here")) if self.is_bound else set()  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[tuple[Line, bool, str, str]]:
        """Each line of the sheet, whether it is ticked, and the minutes typed beside it: late, and left early."""
        return [
            (line, line.seat.person.ref in self.here, self._typed("late", line), self._typed("early", line))
            for line in self.sheet.lines
        ]

    def clean_lines(self) -> dict[int, Stay]:
        """Lines by number, with minutes late and left early."""
        try:
            return read_lines(self.cleaned_data["lines"], len(self.sheet.lines))
        except UnreadLineError as unread:
            sentence = _("“%(piece)s” is no line of this sheet. Lines go from 1 to %(last)s.")
            raise forms.ValidationError(
                sentence, params={"piece": unread.piece, "last": len(self.sheet.lines)}
            ) from None

    def clean(self) -> dict[str, Any]:
        wrong = [
            line.number
            for line, _is_here, *minutes in self.rows
            if any(typed and not typed.isdecimal() for typed in minutes)
        ]
        if wrong:
            numbers = ", ".join(str(number) for number in wrong)
            self.add_error(None, _("Please give minutes as a number: line %(numbers)s") % {"numbers": numbers})
        elif not (self.cleaned_data.get("lines") or self.here or self._not_listed()) and not self.errors:
            self.add_error("lines", _("Nothing is entered yet."))
        return self.cleaned_data

    def paper(self) -> Paper:
        """What the service takes."""
        named = self.sheet.by_number()
        stays = {named[number]: stay for number, stay in self.cleaned_data["lines"].items()}
        for line, is_here, late, early in self.rows:
            if is_here or late or early:
                by_number = stays.get(line.seat.person.ref, Stay())
                stays[line.seat.person.ref] = Stay(int(late or by_number.late), int(early or by_number.early))
        return Paper(
            signed={ref: stay.late for ref, stay in stays.items()},
            walk_ins=self._not_listed(),
            differences_are_known=self.cleaned_data["differences_are_known"],
            left_early={ref: stay.early for ref, stay in stays.items() if stay.early},
        )

    def _not_listed(self) -> list[WalkIn]:
        return [each for field in NOT_LISTED for each in self.cleaned_data.get(field) or ()]

    def _typed(self, what: str, line: Line) -> str:
        return str(self.data.get(f"{what}_{line.seat.person.ref}", "")).strip()[:3]
