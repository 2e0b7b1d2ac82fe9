"""Forms of a district's own offerings and of its days by which to act. They check shape only; there is no free text."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.content import said
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.content.offerings import STAFF_TOPICS, TOPICS
from upstander.program.training.selectors.choices import MOST_DUE_DAYS, MOST_MINUTES, OFFERING_TITLE
from upstander.program.training.services.offerings import Given
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput

AGENDA = tuple(topic for topic in TOPICS if topic in STAFF_TOPICS)


def _title(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=OFFERING_TITLE)


def _count(label: Any, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": most}), **more
    )


class EditionForm(Seen):
    """What an edition of the district's own gives."""

    title_en = _title(_("Title in English"))
    title_es = _title(_("Title in Spanish"))
    audiences = forms.MultipleChoiceField(label=_("For whom is it?"), widget=forms.CheckboxSelectMultiple)
    handouts = forms.MultipleChoiceField(
        label=_("What is handed out?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    is_usual = forms.BooleanField(
        label=_("Year plans take this length for these people, unless their site asks for another."), required=False
    )
    starts_on = forms.DateField(label=_("First day on which it is given"), widget=DayInput())
    proposals = frozenset({"starts_on"})

    def __init__(self, data: Any = None, *, handouts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        whom = kind_of(TRAINING).options_of("audience").items()
        cast("forms.ChoiceField", self.fields["audiences"]).choices = [(key, said(text)) for key, text in whom]
        cast("forms.ChoiceField", self.fields["handouts"]).choices = list(handouts)
        for topic in AGENDA:
            self.fields[topic] = _count(TOPICS[topic], MOST_MINUTES)

    @classmethod
    def first(cls, stands: Any) -> dict[str, Any]:
        """What stands, as the fields begin with it: of the agenda each topic has one."""
        return {**super().first(stands), **dict(stands.agenda)}

    @property
    def before_agenda(self) -> list[forms.BoundField]:
        """What it is and for whom."""
        return [self[name] for name in ("title_en", "title_es", "audiences")]

    @property
    def agenda(self) -> list[forms.BoundField]:
        """A field for the minutes of each topic."""
        return [self[topic] for topic in AGENDA]

    @property
    def after_agenda(self) -> list[forms.BoundField]:
        """What goes with it, and from when on."""
        return [self[name] for name in ("handouts", "is_usual", "starts_on")]

    def given(self) -> Given:
        """What the service takes."""
        told = self.typed()
        return Given(
            title_en=" ".join(told["title_en"].split()),
            title_es=" ".join(told["title_es"].split()),
            audiences=tuple(told["audiences"]),
            agenda=tuple(sorted((topic, told[topic]) for topic in AGENDA)),
            handouts=tuple(told["handouts"]),
            starts_on=told["starts_on"],
            is_usual=told["is_usual"],
        )


class DueDaysForm(Seen):
    """In how many school days somebody acts, and from when on."""

    days = _count(
        _("School days"), MOST_DUE_DAYS, required=False, help_text=_("Leave it empty to take the number that ships.")
    )
    starts_on = forms.DateField(label=_("From which day on?"), widget=DayInput())
    proposals = frozenset({"starts_on"})

    @classmethod
    def first(cls, stands: Any) -> dict[str, Any]:
        """What stands: the days of today."""
        return {"days": stands[2]}
