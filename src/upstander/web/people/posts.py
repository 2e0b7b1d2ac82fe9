"""Posts of a member of staff: their forms, and what each of them does by one call of one service."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from upstander.district.people.content import POSTS, post_called
from upstander.district.people.policies import OF_THE_DISTRICT
from upstander.district.people.selectors import posts_ever_of
from upstander.district.people.services import (
    RosterRow,
    correct_post,
    end_post,
    hire_person,
    move_post,
    start_post,
    take_back_post,
)
from upstander.district.places.selectors import region_by_ref, regions_on, site_by_ref, sites_for
from upstander.foundation.kernel.errors import NotFound
from upstander.web.people.forms import SHORT, NameForm
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.widgets import DayInput

A_DAY = dt.timedelta(days=1)
Given = Mapping[str, Any]
Choices = list[tuple[str, Any]]


class DaysForm(forms.Form):
    """The first and the last day in a post."""

    starts_on = forms.DateField(label=_lazy("First day in the post"), widget=DayInput())
    last_on = forms.DateField(
        label=_lazy("Last day in the post"),
        widget=DayInput(),
        required=False,
        help_text=_lazy("Leave empty while it goes on."),
    )

    def named(self, field: str) -> str:
        """What the service calls the day after."""
        return "last_on" if field == "ends_on" else field


class PostForm(DaysForm):
    """A post that begins."""

    role = forms.ChoiceField(label=_lazy("Post"))
    site = forms.ChoiceField(label=_lazy("At which site"), required=False)
    region = forms.ChoiceField(
        label=_lazy("In which region"), required=False, help_text=_lazy("For regional leads, deputies and the Cadre.")
    )
    field_order: tuple[str, ...] = ("role", "site", "region", "starts_on", "last_on")

    def __init__(self, data: Any, *, places: Mapping[str, Choices], **more: Any) -> None:
        super().__init__(data, **more)
        for name, choices in places.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """The same post at another site."""

    site = forms.ChoiceField(label=_lazy("To which site"))
    on = forms.DateField(label=_lazy("First day there"), widget=DayInput())

    def __init__(self, data: Any, *, sites: Choices, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["site"].choices = sites  # type: ignore[attr-defined]

    def named(self, field: str) -> str:
        """What the service calls the day."""
        return "on" if field in ("starts_on", "ends_on") else field


class HireForm(NameForm, PostForm):
    """Somebody who joins the staff, with a first post."""

    staff_number = forms.CharField(label=_lazy("Staff number"), max_length=20, widget=forms.TextInput(SHORT))
    email = forms.EmailField(label=_lazy("Work e-mail"), required=False, widget=forms.EmailInput(SHORT))
    language = forms.ChoiceField(label=_lazy("Language of letters"), choices=settings.LANGUAGES)
    field_order = ("staff_number", "given_name", "family_name", "email", "language", *PostForm.field_order)


def places_of(request: DistrictRequest) -> dict[str, Choices]:
    """The posts that this person may give, and where they can be held."""
    actor, on = request.actor, timezone.localdate(request.at)
    sites = sites_for(actor=actor, on=on, capability="people.load")
    may_give_all = actor.has("access.manage")
    return {
        "role": [(role, post_called(role)) for role in POSTS if may_give_all or role not in OF_THE_DISTRICT],
        "site": [("", _("(no site)")), *((site.ref, site.name) for site in sites)],
        "region": [("", _("(no region)")), *((region.ref, region.name) for region in regions_on(actor=actor, on=on))],
    }


def forms_of_posts(request: DistrictRequest, every: Iterable[Any]) -> dict[str, forms.Form]:
    """The form of a new post, and two of each of somebody's posts as known now, by move and the post's ref."""
    if not request.actor.has("people.load"):
        return {}
    places = places_of(request)
    sent = (request.POST.get("move", ""), request.POST.get("post", ""))

    def data(move: str, ref: str) -> Any:
        return request.POST if sent == (move, ref) else None

    made: dict[str, forms.Form] = {"post": PostForm(data("post", ""), places=places, prefix="post")}
    for post in every:
        if post.superseded_at is None and (post.role, post_called(post.role)) in places["role"]:
            days = {"starts_on": post.starts_on, "last_on": post.ends_on and post.ends_on - A_DAY}
            key = f"post_days:{post.ref}"
            made[key] = DaysForm(data("post_days", post.ref), prefix=post.ref, initial=days)
            made[f"post_move:{post.ref}"] = MoveForm(
                data("post_move", post.ref), sites=places["site"][1:], prefix=f"to-{post.ref}"
            )
    return made


def shown_posts(every: Iterable[Any], made: Mapping[str, forms.Form]) -> dict[str, Any]:
    """Posts as known now with their forms, and what was believed before."""
    known = [
        (post, post_called(post.role), made.get(f"post_days:{post.ref}"), made.get(f"post_move:{post.ref}"))
        for post in every
        if post.superseded_at is None
    ]
    return {"known": known, "before": [(post, post_called(post.role)) for post in every if post.superseded_at]}


def hired(request: DistrictRequest, given: Given) -> Any:
    """Enter who joins the staff; returns the person."""
    site, region = _place(request, given)
    row = RosterRow(
        staff_number=given["staff_number"].strip(),
        given_name=" ".join(given["given_name"].split()),
        family_name=" ".join(given["family_name"].split()),
        email=given["email"],
        language=given["language"],
        role=given["role"],
        site_id=site.pk if site else None,
        region_id=region.pk if region else None,
        starts_on=given["starts_on"],
        ends_on=_after(given),
    )
    return hire_person(actor=request.actor, row=row, at=request.at)


def _place(request: DistrictRequest, given: Given) -> tuple[Any, Any]:
    site = region = None
    if given["site"]:
        on = timezone.localdate(request.at)
        site = site_by_ref(actor=request.actor, ref=given["site"], on=on, capability="people.load")
    if given["region"]:
        region = region_by_ref(actor=request.actor, ref=given["region"])
    return site, region


def _after(given: Given) -> dt.date | None:
    return given["last_on"] + A_DAY if given["last_on"] else None


def _start(request: DistrictRequest, person: Any, given: Given) -> str:
    site, region = _place(request, given)
    told = {"role": given["role"], "starts_on": given["starts_on"], "ends_on": _after(given)}
    start_post(actor=request.actor, person=person, site=site, region=region, at=request.at, **told)
    return _("The post is entered, and what is due follows from it.")


def _days(request: DistrictRequest, person: Any, given: Given) -> str:
    post, back = _meant(request, person), _after(given)
    if back and post.ends_on is None and given["starts_on"] == post.starts_on:
        end_post(actor=request.actor, post=post, ends_on=back, at=request.at)
        return _("The end of the post is entered.")
    correct_post(actor=request.actor, post=post, starts_on=given["starts_on"], ends_on=back, at=request.at)
    return _("The days are corrected, and what is due with them.")


def _move(request: DistrictRequest, person: Any, given: Given) -> str:
    site = site_by_ref(actor=request.actor, ref=given["site"], on=given["on"], capability="people.load")
    move_post(actor=request.actor, post=_meant(request, person), site=site, on=given["on"], at=request.at)
    return _("The move is entered: the post ends here, and goes on there.")


def _take_back(request: DistrictRequest, person: Any, given: Given) -> str:
    take_back_post(actor=request.actor, post=_meant(request, person), at=request.at)
    return _("The post is taken back, as if it had not been entered.")


def _meant(request: DistrictRequest, person: Any) -> Any:
    ref = request.POST.get("post", "")
    found = next((post for post in posts_ever_of(actor=request.actor, person=person) if post.ref == ref), None)
    if found is None:
        raise NotFound(ref)
    return found


POST_MOVES = {"post": _start, "post_days": _days, "post_move": _move, "post_take_back": _take_back}
