"""The questions of a kind of request as the fields of a form: to ask, and to put right what was answered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import said
from upstander.foundation.kernel.seen import seal_of
from upstander.program.training.content.kinds import Question
from upstander.program.training.selectors.answers import Answers
from upstander.program.training.selectors.choices import languages
from upstander.web.shared.seen import Sealed
from upstander.web.shared.widgets import FewFirst

DOUBTS = ("closed_day_is_meant", "twice_is_meant")


def question_fields(
    questions: Iterable[Question], *, by_visitor: bool = False, lengths: Sequence[tuple[str, str]] = ()
) -> dict[str, forms.Field]:
    """A field for each question, in their order. A visitor has no site that could be called: their number is needed.

    `lengths` are those of the district's own offerings, offered beside the ones that ship.
    """
    fields = {question.key: FIELDS[question.type](question) for question in questions}
    if "minutes" in fields and lengths:
        length = cast("forms.ChoiceField", fields["minutes"])
        length.choices = sorted([*cast("list[Any]", length.choices), *lengths], key=lambda choice: int(choice[0]))
    for question in questions:
        if question.type == "phone" and by_visitor:
            fields[question.key].required = True
    return fields


def answers_typed(questions: Iterable[Question], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as services take them."""
    return {each.key: READ.get(each.key, _as_it_is)(cleaned[each.key]) for each in questions}


def doubts_of(form: forms.Form) -> list[forms.BoundField]:
    """The boxes that let through what is unusual: they show only once something was."""
    return [form[name] for name in DOUBTS if name in form.fields and (form[name].errors or form[name].data)]


class AnswersForm(Sealed):
    """What a request says, for whoever may put it right; it begins with what stands."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    twice_is_meant = forms.BooleanField(label=_("We know, and ask again."), required=False)
    proposals = frozenset({"twice_is_meant"})

    def __init__(
        self, data: Any = None, *, answers: Answers, by_visitor: bool = False, lengths: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(data, initial={**self.first(answers.stands), "seen": seal_of(answers.stands)})
        self.questions = answers.questions
        self.fields.update(question_fields(answers.questions, by_visitor=by_visitor, lengths=lengths))

    @classmethod
    def first(cls, stands: Any) -> dict[str, Any]:
        """What stands, as fields begin with it: a form knows words, not numbers, and an unknown number is empty."""
        return {key: list(value) if isinstance(value, tuple) else value or None for key, value in _worded(stands)}

    @property
    def doubts(self) -> list[forms.BoundField]:
        """The boxes that let through what is unusual."""
        return doubts_of(self)

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, in their order."""
        return [self[question.key] for question in self.questions]

    def answers(self) -> dict[str, Any]:
        """What the service takes."""
        return answers_typed(self.questions, self.cleaned_data)


def _worded(stands: Any) -> Iterable[tuple[str, Any]]:
    return ((key, str(value) if key == "minutes" and value else value) for key, value in stands)


def _as_it_is(value: Any) -> Any:
    return value


def _one_blank(text: str) -> str:
    return " ".join(text.split())


def _or_none(count: int | None) -> int:
    return count or 0


def _told(question: Question) -> dict[str, Any]:
    hint = said(question.hint) if question.hint else ""
    return {"label": said(question.ask), "help_text": hint, "required": not question.is_optional}


def _options(question: Question) -> list[tuple[str, str]]:
    return [(key, said(text)) for key, text in question.offered.items()]


def _number_field(question: Question) -> forms.Field:
    attrs = {"inputmode": "numeric", "min": question.least, "max": question.most}
    return forms.IntegerField(widget=forms.NumberInput(attrs=attrs), **_told(question))


def _many_field(question: Question) -> forms.Field:
    if question.is_of_languages:
        return forms.MultipleChoiceField(choices=languages, widget=FewFirst, **_told(question))
    return forms.MultipleChoiceField(choices=_options(question), widget=forms.CheckboxSelectMultiple, **_told(question))


def _room_field(question: Question) -> forms.Field:
    field = forms.CharField(max_length=40, **{**_told(question), "required": False})
    if not question.is_optional:
        field.needed = _("(if in person)")  # type: ignore[attr-defined]
    return field


def _phone_field(question: Question) -> forms.Field:
    return forms.CharField(
        max_length=30, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}), **_told(question)
    )


READ: dict[str, Callable[[Any], Any]] = {
    "languages": tuple,
    "minutes": int,
    "room": _one_blank,
    "contact_phone": _one_blank,
    "seat_count": _or_none,
}
FIELDS: dict[str, Callable[[Question], forms.Field]] = {
    "one": lambda question: forms.ChoiceField(choices=_options(question), widget=forms.RadioSelect, **_told(question)),
    "many": _many_field,
    "number": _number_field,
    "tick": lambda question: forms.BooleanField(**{**_told(question), "required": False}),
    "room": _room_field,
    "phone": _phone_field,
}
