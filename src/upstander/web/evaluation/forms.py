"""Questions answered by choosing; there is nowhere to write a sentence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from upstander.program.evaluation.content.sheets import Question
from upstander.program.evaluation.services.answers import Answers


class SheetForm(forms.Form):
    """The questions of one sheet, none of them answered beforehand."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        for question in questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.ask.in_language(language),
                choices=[(key, text.in_language(language)) for key, text in question.options],
                widget=forms.RadioSelect,
            )
        self.keys = list(self.fields)

    def chosen(self) -> dict[str, str]:
        """What was chosen, by question."""
        return {key: self.cleaned_data[key] for key in self.keys}


class LinkedForm(SheetForm):
    """A sheet with the code that joins it to the other one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("A code you make up"),
            help_text=_("Four to twelve letters or digits, the same before and after. Not your staff number."),
            max_length=20,
            required=False,
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
        )

    def answers(self) -> Answers:
        """What the service takes."""
        return Answers(self.chosen(), self.cleaned_data["code"])
