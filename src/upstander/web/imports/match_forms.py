"""What is asked about names in a spreadsheet: whom each of them means."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from upstander.program.imports.content.matching import NONE, Question
from upstander.program.imports.content.reading import ASKED, STANDING
from upstander.web.imports.forms import please_choose

NOBODY = "none"  # in the form; "" there means that nothing was chosen yet


class MatchForm(forms.Form):
    """For each question: one of its candidates, none of them, or nothing yet."""

    def __init__(self, data: Any = None, *, asked: Sequence[Question], subject: str, courses: frozenset[str]) -> None:
        super().__init__(data)
        self.keys: dict[str, str] = {}
        for question in asked:
            name = field_of(question)
            self.keys[name] = question.key
            is_course = question.key in courses
            chosen = question.proposed if question.chosen is None else question.chosen or NOBODY
            self.fields[name] = forms.ChoiceField(
                label=" · ".join(part for part in (question.code, question.name) if part) or _unsaid(question),
                help_text=_where(question),
                choices=_courses(subject) if is_course else _candidates(question),
                widget=forms.RadioSelect,
                initial=chosen,
                required=False,
            )
            please_choose(self.fields[name])

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by the question's key."""
        given = {key: self.cleaned_data.get(name, "") for name, key in self.keys.items()}
        return {key: NONE if answer == NOBODY else answer for key, answer in given.items() if answer}


def field_of(question: Question) -> str:
    """The field's name: the same on every page, whatever was decided in the meantime."""
    return "q" + hashlib.sha256(question.key.encode()).hexdigest()[:16]


def _unsaid(question: Question) -> Any:
    """What rows are called that leave a cell empty."""
    told = {f"{STANDING}|": _("Rows that do not say where they stand"), f"{ASKED}|": _("Rows that do not say what for")}
    return told.get(question.key, _("Rows that name no site"))


def _where(question: Question) -> str:
    return ngettext(
        "On %(count)d row, number %(row)d.", "On %(count)d rows, the first is number %(row)d.", question.row_count
    ) % {"count": question.row_count, "row": question.first_row}


def _candidates(question: Question) -> list[tuple[str, Any]]:
    shown = [
        (target.ref, " · ".join(part for part in (target.name, target.code, target.about) if part))
        for target in question.candidates
    ]
    return [*shown, (NOBODY, _("None of these: leave these rows out"))]


def _courses(subject: str) -> list[tuple[str, Any]]:
    return [(subject, _("Yes, this is the training")), (NOBODY, _("No: leave these rows out"))]
