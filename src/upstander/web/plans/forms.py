"""Forms of the year plan. They check shape only; the services say what is possible."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from upstander.engines.tables.sheets import MOST_BYTES, Unreadable, read_sheets
from upstander.program.imports.errors import UNREADABLE
from upstander.program.training.selectors.choices import AUDIENCES, GROUNDS, MODES, MOST_HEADS, languages
from upstander.program.training.selectors.windows import LEVELS
from upstander.program.training.services.plan_undo import Standing
from upstander.program.training.services.plans import Room
from upstander.program.training.services.usual import Usual
from upstander.web.plans import wording
from upstander.web.plans.choices import key_of, possible
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput, FewFirst

SATURDAY = 5
SAID = [("", _("not yet")), ("accepted", _("accepts")), ("declined", _("declines"))]
SEATS_ARE_KNOWN = _("We know that there are more people than seats, and mean it.")
LIMITS = [(20, _("20 seconds")), (60, _("1 minute")), (120, _("2 minutes")), (300, _("5 minutes"))]


def _moment(value: str) -> tuple[dt.date, dt.time]:
    moment = dt.datetime.fromisoformat(value)
    return moment.date(), moment.time()


class PlanForm(forms.Form):
    """What a new plan is drafted with."""

    year = forms.ChoiceField(label=_("School year"))
    first_on = forms.DateField(label=_("First day to plan"), widget=DayInput(), input_formats=["%Y-%m-%d"])
    minutes = forms.TypedChoiceField(label=_("Length of a session"), coerce=int)
    pair_from = forms.IntegerField(
        label=_("From how many people on are two consultants sent?"),
        help_text=_("Leave empty if one is always enough."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 2, "max": MOST_HEADS}),
        required=False,
    )

    def __init__(self, *args: Any, years: list[Any], lengths: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"].choices = lengths  # type: ignore[attr-defined]
        self.fields["year"].choices = [(year.ref, year.name) for year in years]  # type: ignore[attr-defined]


class RoomForm(Seen):
    """The room of a session and its seats; `is_known` shows only once there were too few."""

    room = forms.CharField(label=_("Room"), max_length=40, required=False)
    seat_count = forms.IntegerField(
        label=_("Its seats"),
        help_text=_("Leave empty if you do not know."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": MOST_HEADS}),
        required=False,
    )
    is_known = forms.BooleanField(label=SEATS_ARE_KNOWN, required=False)
    proposals = frozenset({"is_known"})

    @classmethod
    def of(cls, entry: Any, data: Any = None) -> "RoomForm":
        """The form as the entry of a plan stands."""
        return cls(data, stands=Room.of(entry))

    @classmethod
    def first(cls, stands: Room) -> dict[str, Any]:
        return {"room": stands.name, "seat_count": stands.seat_count or None}

    def room_named(self) -> Room:
        """What the services take."""
        told = self.cleaned_data
        return Room(" ".join(told["room"].split()), told["seat_count"] or 0, told["is_known"])


class ChangeForm(Seen):
    """Another time and consultant for one site."""

    time = forms.TypedChoiceField(label=_("Day and start"), coerce=_moment)
    member = forms.ChoiceField(label=_("Consultant who leads"))
    second = forms.ChoiceField(label=_("Co-lead"), required=False)
    is_known = forms.BooleanField(label=SEATS_ARE_KNOWN, required=False)
    proposals = frozenset({"is_known"})

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"time": choices.times, "member": choices.members, "second": [("", _("(nobody)")), *choices.seconds]}
        for name, options in offered.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["data-possible"] = possible()

    @classmethod
    def first(cls, stands: Standing) -> dict[str, Any]:
        lead, second, *_rest = [*stands.members, "", ""]
        return {"time": key_of(stands.on, stands.starts), "member": lead, "second": second}


class ExceptionForm(forms.Form):
    """Why an exception is made, and how long it holds."""

    reason = forms.ChoiceField(label=_("Why may it be so?"), choices=GROUNDS)
    until = forms.DateField(
        label=_("The exception holds until"),
        help_text=_("Leave empty if it holds until the day of the session."),
        widget=DayInput(),
        input_formats=["%Y-%m-%d"],
        required=False,
    )


class JoinForm(forms.Form):
    """A host and its guests. A host that has guests takes more; no site is twice in a group."""

    host = forms.ChoiceField(label=_("Held at"))
    guest_1 = forms.ChoiceField(label=_("Guest"))
    guest_2 = forms.ChoiceField(label=_("Second guest"), required=False)
    guest_3 = forms.ChoiceField(label=_("Third guest"), required=False)
    GUESTS = ("guest_1", "guest_2", "guest_3")

    def __init__(self, *args: Any, sites: list[Any], hosts: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = [(site.ref, site.name) for site in sites]
        self.fields["host"].choices = [("", "–"), *((site.ref, site.name) for site in hosts), *free]  # type: ignore[attr-defined]
        for name in self.GUESTS:
            self.fields[name].choices = [("", "–"), *free]  # type: ignore[attr-defined]

    def guests(self) -> list[str]:
        """The refs that were chosen."""
        return [ref for name in self.GUESTS if (ref := self.cleaned_data[name])]

    def named(self, field: str) -> str:
        """The form's field for the service's."""
        return "guest_1" if field == "guests" else field


class AnswersForm(forms.Form):
    """What sites said by phone about the days that a plan proposes to them; a field for each, called by its ref."""

    def __init__(self, data: Any = None, *, entries: Sequence[Any]) -> None:
        super().__init__(data)
        self.entries = entries
        self.fields["declines_are_meant"] = forms.BooleanField(label=_("They said so, all of them"), required=False)
        for entry in entries:
            self.fields[entry.ref] = forms.ChoiceField(
                label=_("What %(site)s said") % {"site": wording.named(entry)}, choices=SAID, required=False
            )

    @property
    def rows(self) -> list[tuple[Any, forms.BoundField]]:
        """Each entry with its field."""
        return [(entry, self[entry.ref]) for entry in self.entries]

    def clean(self) -> dict[str, Any]:
        """A decline is asked about once more: a session is off with it, and a row is easily mistaken for another."""
        told = super().clean() or {}
        declined = [entry for entry in self.entries if told.get(entry.ref) == "declined"]
        if declined and not told.get("declines_are_meant"):
            sentence = ngettext(
                "This session is off then, and its day is out for its site: %(sites)s. Tick the box if it was said so.",
                "These sessions are off then, and their days are out for these sites: %(sites)s. "
                "Tick the box if it was said so.",
                len(declined),
            )
            named = ", ".join(wording.named(entry) for entry in declined)
            self.add_error("declines_are_meant", sentence % {"sites": named})
        return told

    @property
    def doubts(self) -> list[forms.BoundField]:
        """The box that lets declines through: it shows only once there were some."""
        meant = self["declines_are_meant"]
        return [meant] if meant.errors or meant.data else []

    def answers(self) -> dict[str, bool]:
        """By an entry's ref whether its day was accepted; what was left open is not there."""
        said = {entry.ref: self.cleaned_data[entry.ref] for entry in self.entries}
        return {ref: answer == "accepted" for ref, answer in said.items() if answer}


class UsualForm(forms.Form):
    """How a site is trained that has not asked."""

    site = forms.ChoiceField(label=_("Site"))
    mode = forms.ChoiceField(label=_("In person or online?"), choices=MODES, widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(label=_("In which languages?"), choices=languages, widget=FewFirst)
    is_alone = forms.BooleanField(
        label=_("Always by itself"),
        help_text=_("Otherwise a session together with other small sites may be suggested."),
        required=False,
    )

    def __init__(self, *args: Any, sites: list[Any], **kwargs: Any) -> None:
        kwargs["initial"] = {"mode": "in_person", "languages": ["en"]}
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = [("", "–"), *((site.ref, site.name) for site in sites)]  # type: ignore[attr-defined]

    def usual(self) -> Usual:
        """What the service takes."""
        told = self.cleaned_data
        return Usual(told["mode"], tuple(told["languages"]), told["is_alone"])


class LimitForm(forms.Form):
    """How long the planner may search."""

    limit = forms.TypedChoiceField(choices=LIMITS, coerce=int)


class TravelForm(forms.Form):
    """A file of travel times; clean, it is the rows of its first sheet."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("A text file (.csv) or a workbook (.xlsx). The file itself is not kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        allow_empty_file=True,  # what an empty file lacks is said in our own words
    )

    def clean_file(self) -> list[list[str]]:
        try:
            return read_sheets(self.cleaned_data["file"].read(MOST_BYTES + 1))[0].rows
        except Unreadable as refused:
            raise forms.ValidationError(UNREADABLE[refused.reason]) from None


class WindowForm(forms.Form):
    """A window for a kind of sites, or for one site."""

    level = forms.ChoiceField(
        label=_("For all sites of a kind"), choices=[("", _("(one site)")), *LEVELS], required=False
    )
    site_ref = forms.ChoiceField(
        label=_("Or for one site"),
        help_text=_("Its own windows stand in for those of its kind."),
        required=False,
    )
    audience = forms.ChoiceField(
        label=_("Who is free then?"),
        help_text=_(
            "At bus yards and kitchens plans use the hours of office, aides, bus, kitchen and custodians; elsewhere "
            "those of all staff. Where a site has hours of several groups and none for all staff, each group gets a "
            "session of its own; hours of a single group are used where a site asks for a session for just that group."
        ),
        choices=AUDIENCES,
    )
    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items())[:SATURDAY], coerce=int)
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    starts_on = forms.DateField(label=_("First day"), widget=DayInput(), input_formats=["%Y-%m-%d"])
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave empty if it goes on."),
        widget=DayInput(),
        input_formats=["%Y-%m-%d"],
        required=False,
    )
    most_per_year = forms.IntegerField(
        label=_("How many of these windows may be used in a school year?"),
        help_text=_("Leave empty if there is no limit."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": 20}),
        required=False,
    )
    is_paid_time = forms.BooleanField(label=_("It lies between shifts and is paid time."), required=False)

    def __init__(self, *args: Any, sites: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site_ref"].choices = [("", _("(all of the kind)")), *((s.ref, s.name) for s in sites)]  # type: ignore[attr-defined]
