"""What holds of a member of the Cadre, and how somebody joins it."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from upstander.program.training.selectors.choices import APART, MISTAKES, OFFERINGS, PARTS, languages
from upstander.program.training.services.cadre import Joining
from upstander.program.training.services.members import (
    Apart,
    BasedAt,
    Credentialed,
    FromUnit,
    HomeRegion,
    Limits,
    Released,
    Skilled,
    What,
)
from upstander.web.cadre.forms.dated import SHORT, DatedForm
from upstander.web.shared.seen import Seen
from upstander.web.shared.widgets import DayInput, FewFirst

KM_PER_MILE = 1.609344
Choices = Iterable[tuple[str, object]]
ONE_DAY = dt.timedelta(days=1)
WHICH_BASE = _("Their own work site; travel is counted from here. Never a home address.")
EIGHT_TO_FIVE = tuple((weekday, dt.time(8), dt.time(17)) for weekday in range(5))


def on_the_map(sites: Iterable[Any]) -> list[Any]:
    """The sites from which a way can be counted."""
    return [site for site in sites if site.latitude is not None and site.longitude is not None]


class FactForm(DatedForm):
    """Something that holds from a day on; subclasses say what."""

    def __init__(self, data: Any, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(data, initial={"starts_on": today}, **kwargs)
        self.fields["starts_on"] = forms.DateField(label=_("From"), widget=DayInput())
        self.fields["last_on"] = forms.DateField(label=_("Last day"), required=False, widget=DayInput())

    def what(self) -> What:
        """What holds, as the service takes it."""
        raise NotImplementedError

    @property
    def ends_on(self) -> dt.date | None:
        """The first day on which it holds no more."""
        last: dt.date | None = self.cleaned_data["last_on"]
        return last + ONE_DAY if last else None


class RegionForm(FactForm):
    """The home region."""

    region = forms.ChoiceField(label=_("Region"))

    def __init__(self, data: Any, *, regions: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["region"].choices = list(regions)  # type: ignore[attr-defined]

    def what(self) -> What:
        return HomeRegion(self.cleaned_data["region"])


class BaseForm(FactForm):
    """The home base: somebody sets out from somewhere on every day, so that it has no last one."""

    base = forms.ChoiceField(label=_("Home base"), help_text=WHICH_BASE)

    def __init__(self, data: Any, *, sites: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["last_on"]
        named = ((site.ref, site.name) for site in on_the_map(sites))
        self.fields["base"].choices = [("", "–"), *named]  # type: ignore[attr-defined]

    @property
    def ends_on(self) -> None:
        return None

    def what(self) -> What:
        return BasedAt(self.cleaned_data["base"])


class UnitForm(FactForm):
    """The unit they come from."""

    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(self, data: Any, *, units: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]

    def what(self) -> What:
        return FromUnit(self.cleaned_data["unit"])


class CredentialForm(FactForm):
    """Their credential."""

    issuer = forms.CharField(label=_("Issued by"), max_length=80, widget=forms.TextInput(attrs=SHORT))
    is_certificated = forms.BooleanField(label=_("This is a certificated position."), required=False)

    def what(self) -> What:
        return Credentialed(self.cleaned_data["issuer"], self.cleaned_data["is_certificated"])


class ReleaseForm(FactForm):
    """The release by their own supervisor."""

    staff_number = forms.CharField(
        label=_("Staff number of the supervisor"), max_length=20, widget=forms.TextInput(attrs=SHORT)
    )

    def what(self) -> What:
        return Released(self.cleaned_data["staff_number"])


class SkillForm(FactForm):
    """What they may do."""

    offering = forms.ChoiceField(label=_("In which kind of session?"), choices=OFFERINGS)
    part = forms.ChoiceField(label=_("Which part?"), choices=PARTS, widget=forms.RadioSelect)

    def what(self) -> What:
        return Skilled(self.cleaned_data["offering"], self.cleaned_data["part"])


class ApartForm(FactForm):
    """A site to which they do not come."""

    site = forms.ChoiceField(label=_("Site"))
    reason = forms.ChoiceField(
        label=_("Why?"), choices=APART, help_text=_("Only coordinators see it. Nobody is asked for a story.")
    )

    def __init__(self, data: Any, *, sites: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["site"].choices = [("", "–"), *sites]  # type: ignore[attr-defined]

    def what(self) -> What:
        return Apart(self.cleaned_data["site"], self.cleaned_data["reason"])


class MistakeForm(forms.Form):
    """What was entered by mistake, and why it is taken back."""

    fact = forms.ChoiceField(label=_("What was entered by mistake?"))
    reason = forms.ChoiceField(label=_("Why?"), choices=MISTAKES, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, facts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["fact"].choices = [("", "–"), *facts]  # type: ignore[attr-defined]

    def told(self) -> dict[str, str]:
        """What the service takes."""
        kind, _colon, fact_ref = self.cleaned_data["fact"].partition(":")
        return {"kind": kind, "fact_ref": fact_ref, "reason": self.cleaned_data["reason"]}


class LimitsForm(Seen):
    """How much may be asked."""

    most_per_day = forms.IntegerField(label=_("Sessions a day, at most"))
    most_per_week = forms.IntegerField(label=_("Sessions a week, at most"))
    travel_miles = forms.IntegerField(
        label=_("Miles one way, at most"), required=False, help_text=_("From the home base. Empty means: any distance.")
    )
    languages = forms.MultipleChoiceField(label=_("Languages of their sessions"), choices=languages, widget=FewFirst)
    deputy = forms.ChoiceField(label=_("Who stands in for them?"), required=False)

    def __init__(self, data: Any, *, member: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(data, stands=Limits.of(member), **kwargs)
        self.fields["deputy"].choices = [("", "–"), *colleagues]  # type: ignore[attr-defined]

    @classmethod
    def first(cls, stands: Limits) -> dict[str, Any]:
        limit = stands.travel_limit_km
        miles = round(limit / KM_PER_MILE) if limit else None
        return {**super().first(stands), "travel_miles": miles, "deputy": stands.deputy_ref}

    def limits(self) -> Limits:
        """What the service takes: kilometers, whole ones."""
        data = self.cleaned_data
        miles = data["travel_miles"]
        return Limits(
            most_per_day=data["most_per_day"],
            most_per_week=data["most_per_week"],
            travel_limit_km=None if miles is None else round(miles * KM_PER_MILE),
            languages=tuple(data["languages"]),
            deputy_ref=data["deputy"],
        )

    def named(self, field: str) -> str | None:
        """The form's field for the service's."""
        return "travel_miles" if field == "travel_limit_km" else field


class NewUnitForm(forms.Form):
    """A unit's name in both languages."""

    name_en = forms.CharField(label=_("Name in English"), max_length=60, widget=forms.TextInput(attrs=SHORT))
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=60, widget=forms.TextInput(attrs=SHORT))


class RenameUnitForm(Seen):
    """Another name for a unit."""

    name_en = forms.CharField(label=_("Name in English"), max_length=60, widget=forms.TextInput(attrs=SHORT))
    name_es = forms.CharField(label=_("Name in Spanish"), max_length=60, widget=forms.TextInput(attrs=SHORT))


class JoinForm(forms.Form):
    """Somebody joins the Cadre."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=20, widget=forms.TextInput(attrs=SHORT))
    base = forms.ChoiceField(label=_("Home base"), help_text=WHICH_BASE)
    languages = forms.MultipleChoiceField(label=_("Languages of their sessions"), choices=languages, widget=FewFirst)
    leads = forms.MultipleChoiceField(
        label=_("Which sessions may they lead already?"),
        choices=OFFERINGS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, sites: Iterable[Any]) -> None:
        super().__init__(data)
        self.sites = {site.ref: site for site in on_the_map(sites)}
        self.fields["base"].choices = [(site.ref, site.name) for site in self.sites.values()]  # type: ignore[attr-defined]

    def joining(self) -> Joining:
        """What the service takes: workdays from eight to five, until the member says otherwise."""
        base = self.sites[self.cleaned_data["base"]]
        return Joining(
            home_latitude=base.latitude,
            home_longitude=base.longitude,
            base_ref=base.ref,
            languages=tuple(self.cleaned_data["languages"]),
            weekly=EIGHT_TO_FIVE,
            leads=tuple(self.cleaned_data["leads"]),
        )
