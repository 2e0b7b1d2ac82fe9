"""What a reader of the board may ask for. Shape only; what is missing or impossible means today."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from upstander.district.people.content import POSTS, holders_called
from upstander.foundation.kernel.refs import REF_LENGTH
from upstander.program.compliance.selectors.requirements import Asked
from upstander.web.coverage import words
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput

ORDERS = [("least", _("Least trained first")), ("most", _("Most trained first")), ("name", _("By name"))]


ALL = "all"


def day_field(label: Any, *, required: bool, help_text: Any = "") -> forms.DateField:
    """A day, in the browser's own date control."""
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=DayInput(), input_formats=["%Y-%m-%d"]
    )


class AskForm(forms.Form):
    """One day, as known on another; never a day to come. Whatever is not asked is today, all regions, least first."""

    on = day_field(_("Day"), required=True)
    region = forms.CharField(label=_("Region"), validators=[MaxLengthValidator(REF_LENGTH)], widget=forms.Select)
    training = forms.SlugField(
        label=_("Training"), required=False, validators=[MaxLengthValidator(60)], widget=forms.Select
    )
    order = forms.ChoiceField(label=_("Order"), choices=ORDERS)
    known_on = day_field(
        _("As known at the end of"), required=False, help_text=_("Leave empty to count with all that is known now.")
    )

    first_order = ORDERS[0][0]
    is_filter = True

    def __init__(self, given: QueryDict, *, at: dt.datetime) -> None:
        self.at = at
        self.today = timezone.localdate(at)
        unasked = {"on": self.today.isoformat(), "region": ALL, "order": self.first_order}
        super().__init__(unasked | {name: value for name, value in given.items() if value})
        for name in ("on", "known_on"):
            self.fields[name].widget.attrs["max"] = self.today.isoformat()
        self.offer_regions([])

    def offer_regions(self, regions: list[tuple[str, str]]) -> None:
        """Fill the list of regions; which there are is known only after the board was counted."""
        self.fields["region"].widget.choices = [(ALL, _("All regions")), *regions]

    def offer_trainings(self, trainings: Iterable[Asked]) -> None:
        """Fill the list of trainings that the board can be about."""
        self.fields["training"].widget.choices = [(asked.subject, asked.title) for asked in trainings]

    @property
    def training_asked(self) -> str:
        """The training asked about; "" for the first there is."""
        return self.cleaned_data.get("training") or ""

    @property
    def region_ref(self) -> str | None:
        """The region asked about, or None for all."""
        ref: str = self.cleaned_data.get("region", ALL)
        return None if ref == ALL else ref

    @property
    def known_at(self) -> dt.datetime:
        """The moment up to which rows count: the end of the day chosen, or now."""
        day: dt.date | None = self.cleaned_data.get("known_on")
        if day is None:
            return self.at
        midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
        return min(midnight - dt.timedelta(microseconds=1), self.at)

    @property
    def known_at_or_now(self) -> dt.datetime | None:
        """The same, or None when what is known now is asked for: then nothing has to be derived anew."""
        return self.known_at if self.cleaned_data.get("known_on") else None

    @property
    def day(self) -> dt.date:
        """The day asked about; today when none was, or an impossible one."""
        return self.cleaned_data.get("on") or self.today

    @property
    def query(self) -> str:
        """The days and training asked about, for links to other pages; empty for the first, today, as known now."""
        known_on: dt.date | None = self.cleaned_data.get("known_on")
        kept = {"on": self.day.isoformat()} if self.day != self.today or known_on else {}
        kept |= {"known_on": known_on.isoformat()} if known_on else {}
        kept |= {"training": self.training_asked} if self.training_asked else {}
        return f"?{urlencode(kept)}" if kept else ""

    def clean_on(self) -> dt.date:
        return self._not_to_come("on") or self.today

    def clean_known_on(self) -> dt.date | None:
        return self._not_to_come("known_on")

    def _not_to_come(self, name: str) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get(name)
        if day and day > self.today:
            raise forms.ValidationError(_("Choose today or a day in the past."))
        return day


DUE_ORDERS = [
    ("overdue", _("Most overdue first")),
    ("least", _("Least done first")),
    ("name", _("By name")),
]


class DueForm(AskForm):
    """The same for the board of due days."""

    order = forms.ChoiceField(label=_("Order"), choices=DUE_ORDERS)
    first_order = DUE_ORDERS[0][0]


MOST_DAYS, MOST_MONTHS = 730, 120


def _many(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, help_text=help_text, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _count(label: Any, most: int, *, least: int = 0, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, min_value=least, max_value=most)


class RequirementForm(Seen):
    """Everything that one requirement says. Which of it holds for whom is the service's to judge."""

    title_en = forms.CharField(label=_("Name of the training, in English"), max_length=160)
    title_es = forms.CharField(label=_("Name of the training, in Spanish"), max_length=160)
    audience = forms.ChoiceField(
        label=_("At which sites"), choices=[*words.AUDIENCES.items()], widget=forms.RadioSelect
    )
    roles = _many(
        _("Only these roles"),
        [(role, lazy(holders_called, str)(role)) for role in POSTS],
        _("Choose none to ask it of every role."),
    )
    cadence = forms.ChoiceField(label=_("How often"), choices=[*words.CADENCES.items()], widget=forms.RadioSelect)
    every_months = _count(
        _("Months from one cycle to the next"), MOST_MONTHS, least=1, help_text=_("Not used for school years.")
    )
    grace_days = _count(_("Days to do it, from the first day of the cycle or of the post"), MOST_DAYS)
    opens_days = _count(_("Days before a cycle in which a completion already counts for it"), MOST_DAYS)
    break_days = _count(_("Days of absence after which a person is newly hired"), MOST_DAYS)
    by_sessions = forms.BooleanField(
        label=_("Sessions of the Cadre with the staff fulfill it"),
        required=False,
        help_text=_("Not for what people do only elsewhere, such as an online course. The year plan goes by it."),
    )
    proofs = _many(_("What counts as proof"), [*words.PROOFS.items()], _("Choose none to accept every kind."))
    also_counts = _many(_("Other trainings that fulfill it"), [])
    content_version = forms.ChoiceField(label=_("Only this edition of the content"), required=False)
    threshold_percent = _count(_("Percent of the staff that must be done for a site to count"), 100, least=1)
    validity_months = _count(_("Months for which a completion counts"), MOST_MONTHS, least=1)
    starts_on = day_field(_("Asked from"), required=True)
    source_en = forms.CharField(label=_("Statute or policy, in English"), max_length=300)
    source_es = forms.CharField(label=_("Statute or policy, in Spanish"), max_length=300)
    source_link = forms.URLField(
        label=_("Link to the statute or policy"), required=False, max_length=300, assume_scheme="https"
    )
    owner_en = forms.CharField(label=_("Office that answers for it, in English"), max_length=160)
    owner_es = forms.CharField(label=_("Office that answers for it, in Spanish"), max_length=160)
    reason = forms.ChoiceField(label=_("Why it changes"), choices=[*words.CHANGE_REASONS.items()])
    proposals = frozenset({"starts_on", "reason"})

    sections = (
        (_("What"), ("title_en", "title_es", "by_sessions", "also_counts", "content_version", "proofs")),
        (_("Who"), ("audience", "roles")),
        (_("By when"), ("cadence", "every_months", "grace_days", "opens_days", "break_days", "starts_on")),
        (_("What counts"), ("threshold_percent", "validity_months")),
        (_("Who decided"), ("source_en", "source_es", "source_link", "owner_en", "owner_es", "reason")),
    )

    def __init__(
        self,
        *args: Any,
        others: list[tuple[str, str]],
        editions: list[tuple[str, str]],
        is_new: bool,
        is_of_sessions: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.fields["by_sessions"].disabled = is_of_sessions  # their completions bear its very name
        if is_new:
            del self.fields["reason"]
        self.fields["content_version"].choices = self._editions(editions)  # type: ignore[attr-defined]
        if others:
            self.fields["also_counts"].choices = others  # type: ignore[attr-defined]
        else:
            del self.fields["also_counts"]

    @classmethod
    def first(cls, stands: Any) -> dict[str, Any]:
        return {}  # what stands is a list of refs: the page says of its row what the fields begin with

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("by_sessions") and "session" not in (given.get("proofs") or ["session"]):
            self.add_error("proofs", _("Sessions fulfill it, so attendance at one has to count as proof."))
        return given

    def _editions(self, known: list[tuple[str, str]]) -> list[tuple[str, Any]]:
        """Any of them, those known, and the one asked for so far where it is known no more."""
        asked: str = self.initial.get("content_version", "")
        gone = [(asked, asked)] if asked and asked not in dict(known) else []
        return [("", _("Any edition")), *known, *gone]

    @property
    def grouped(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in groups, each under its heading."""
        return [(name, [self[field] for field in fields if field in self.fields]) for name, fields in self.sections]


class EndForm(Seen):
    """Until when a requirement is asked, and why no longer."""

    last_day = day_field(_("Last day on which it is asked"), required=True)
    reason = forms.ChoiceField(label=_("Why it ends"), choices=[*words.END_REASONS.items()])
    proposals = frozenset({"last_day", "reason"})
