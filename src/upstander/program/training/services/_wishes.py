"""What somebody wishes for, and everything that can be wrong with it."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import ClosedDay, Site
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, refuse
from upstander.program.training import policies
from upstander.program.training.content import kinds
from upstander.program.training.content.kinds import Answer, Kind, Question
from upstander.program.training.models import (
    PHONE_PATTERN,
    ROOM_PATTERN,
    Request,
    RequestWindow,
    phone_number,
    room_name,
)
from upstander.program.training.selectors.offerings import own_minutes, whom_words
from upstander.program.training.selectors.twins import twins_of
from upstander.program.training.services._lengths import of_days, of_request, too_long

OwnMinutes = Mapping[int, frozenset[str]]  # lengths that a district offers itself, and to whom


@dataclass(frozen=True, slots=True)
class Window:
    """A wished day, and the wall times between which the session may lie."""

    on: dt.date
    starts: dt.time
    ends: dt.time


@dataclass(frozen=True, slots=True)
class Wish:
    """What a site asks for. All of it is chosen; nothing is a text.

    What a kind does not ask stays empty; `answers` holds what has no column of its own.
    """

    site_ref: str
    audience: str
    head_count: int = 0
    languages: tuple[str, ...] = ()
    mode: str = ""
    minutes: int = 0
    room: str = ""
    seat_count: int = 0
    windows: tuple[Window, ...] = ()
    closed_day_is_meant: bool = False
    twice_is_meant: bool = False
    contact_phone: str = ""
    kind: str = kinds.TRAINING
    answers: Mapping[str, Answer] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Request) -> "Wish":
        """The answers of a request as they stand, without its days."""
        told = {key: getattr(request, key) for key in kinds.COLUMNS}
        told["languages"] = tuple(request.languages)
        return cls(site_ref=request.site.ref, kind=request.kind, answers=dict(request.answers), **told)

    def answer(self, question: Question) -> Any:
        """What was answered, wherever it is kept."""
        return getattr(self, question.key) if question.key in kinds.COLUMNS else self.answers.get(question.key)

    def columns(self) -> dict[str, Any]:
        """The answers as the columns of a request; an answer to a question the kind does not ask is dropped."""
        asked = {question.key for question in kinds.kind_of(self.kind).questions}
        told = {"audience": self.audience, "mode": self.mode, "room": self.room, "minutes": self.minutes}
        told |= {"languages": list(self.languages), "head_count": self.head_count, "seat_count": self.seat_count}
        told["contact_phone"] = self.contact_phone
        empty = {"languages": [], "head_count": 0, "seat_count": 0, "minutes": 0}
        columns = {key: value if key in asked else empty.get(key, "") for key, value in told.items()}
        return {**columns, "answers": {key: given for key, given in self.answers.items() if key in asked}}

    def to_json(self) -> dict[str, Any]:
        """As it waits for a visitor's address to be proved."""
        windows = [[window.on.isoformat(), f"{window.starts:%H:%M}", f"{window.ends:%H:%M}"] for window in self.windows]
        return {**asdict(self), "languages": list(self.languages), "windows": windows, "answers": dict(self.answers)}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Wish":
        """The wish that `to_json` told."""
        windows = (
            Window(dt.date.fromisoformat(on), dt.time.fromisoformat(starts), dt.time.fromisoformat(ends))
            for on, starts, ends in told["windows"]
        )
        return cls(**{**told, "languages": tuple(told["languages"]), "windows": tuple(windows)})


def check_wish(actor: Actor, site: Site, wish: Wish, twins: Callable[[], list[Request]], at: dt.datetime) -> None:
    """Raise Invalid with every sentence at its field. `twins` are requests of the same kind, open or held this year.

    Nothing is asked about days without school or twins while something else is wrong.
    """
    kind = kinds.kind_of(wish.kind)
    own = own_minutes(actor=actor, on=policies.today(actor, at)) if kind.key == kinds.TRAINING else {}
    refuse((*_of_answers(kind, wish, own), *_of_windows(actor, kind, wish, at)))
    refuse(tuple(of_days(actor, wish.kind, wish.audience, wish.minutes, [each.on for each in wish.windows])))
    refuse((*_of_closed_days(actor, site, wish.windows, wish.closed_day_is_meant), *_of_twins(wish, twins)))


def check_windows(
    actor: Actor, request: Request, windows: tuple[Window, ...], at: dt.datetime, *, closed_day_is_meant: bool
) -> None:
    """The same for days that replace those of a request."""
    kind = kinds.kind_of(request.kind)
    wish = Wish(request.site.ref, request.audience, minutes=request.minutes, windows=windows, kind=kind.key)
    refuse(tuple(_of_windows(actor, kind, wish, at)))
    if wish.minutes in own_minutes(actor=actor, on=policies.today(actor, at)):  # else no day could be wished any more
        refuse(tuple(of_days(actor, wish.kind, wish.audience, wish.minutes, [each.on for each in windows])))
    refuse(tuple(_of_closed_days(actor, request.site, windows, closed_day_is_meant)))


def check_answers(actor: Actor, request: Request, wish: Wish, keys: Collection[str], at: dt.datetime) -> None:
    """The same for answers that replace those of a request to these questions.

    The length that stands can stay, also where it is offered no more. Another audience can be another one's twin.
    """
    own = dict(own_minutes(actor=actor, on=policies.today(actor, at))) if request.kind == kinds.TRAINING else {}
    stays = (wish.minutes, wish.audience) == (request.minutes, request.audience)
    if stays and wish.minutes and request.kind == kinds.TRAINING:
        own[wish.minutes] = own.get(wish.minutes, frozenset()) | {wish.audience}
    found = (*_of_answers(kinds.kind_of(request.kind), wish, own), *too_long(request, wish.minutes))
    refuse(tuple(each for each in found if each.field in keys))
    refuse(() if stays else tuple(of_request(actor, request, wish.audience, wish.minutes)))
    if wish.audience != request.audience:
        told: dict[str, Any] = {"kind": request.kind, "audience": wish.audience, "besides": request.pk, "at": at}
        refuse(tuple(_of_twins(wish, lambda: twins_of(actor=actor, site=request.site, **told))))


def keep_windows(request: Request, windows: tuple[Window, ...]) -> None:
    """Put these wished days in place of those that were."""
    RequestWindow.objects.filter(request=request).delete()
    RequestWindow.objects.bulk_create(
        RequestWindow(
            district_id=request.district_id, request=request, on=window.on, starts=window.starts, ends=window.ends
        )
        for window in windows
    )


def _of_answers(kind: Kind, wish: Wish, own: OwnMinutes) -> Iterator[Invalid]:
    for question in kind.questions:
        given = wish.answer(question)
        if question.type == "room":
            sentence = _wrong_room(question, str(given or ""), wish)
        elif question.is_optional and not given:
            sentence = None
        elif question.key == "minutes" and given in own:
            sentence = _wrong_own_minutes(question, wish, own)
        else:
            sentence = WRONG[question.type](question, given)
        if sentence is not None:
            yield Invalid(sentence, question.key)


def _wrong_own_minutes(question: Question, wish: Wish, own: OwnMinutes) -> object:
    """What is wrong with a length of the district's own: it is for some people only."""
    if wish.audience in own[wish.minutes] or str(wish.minutes) in question.offered:
        return None
    whom = ", ".join(whom_words(own[wish.minutes]))
    return _("The district gives this length to others only: %(whom)s.") % {"whom": whom}


def _wrong_one(question: Question, given: Any) -> object:
    return None if str(given) in question.offered else _("Please choose one of the answers.")


def _wrong_many(question: Question, given: Any) -> object:
    if not given:
        return _("Please choose at least one answer.")
    return None if set(given) <= set(question.offered) else _("Please choose from the answers.")


def _wrong_number(question: Question, given: Any) -> object:
    if isinstance(given, int) and question.least <= given <= question.most:
        return None
    return _("Please give a number from %(least)s to %(most)s.") % {"least": question.least, "most": question.most}


def _wrong_room(question: Question, given: str, wish: Wish) -> object:
    if not given and wish.mode != Request.Mode.ONLINE and not question.is_optional:
        return _("Please name the room.")
    return None if re.fullmatch(ROOM_PATTERN, given) else room_name.message


def _wrong_phone(_question: Question, given: Any) -> object:
    return None if re.fullmatch(PHONE_PATTERN, str(given)) else phone_number.message


WRONG: dict[str, Callable[[Question, Any], object]] = {
    "one": _wrong_one,
    "many": _wrong_many,
    "number": _wrong_number,
    "tick": lambda _question, _given: None,
    "phone": _wrong_phone,
}


def _of_windows(actor: Actor, kind: Kind, wish: Wish, at: dt.datetime) -> Iterator[Invalid]:
    """What is wrong with each wished day, at the field "windows_0" for the first one."""
    if not kind.least_days <= len(wish.windows) <= kind.most_days:
        yield Invalid(_("Please give one to three days."), "windows")
    zone = policies.zone_of(actor)
    for position, window in enumerate(wish.windows):
        for check in (_check_span, _check_day):
            try:
                check(zone, window, wish.minutes, at)
            except Invalid as refused:
                yield Invalid(refused.args[0], f"windows_{position}")


def _check_span(zone: ZoneInfo, window: Window, minutes: int, _at: dt.datetime) -> None:
    if window.ends <= window.starts:
        raise Invalid(_("A session begins and ends on the same day: the end must be after the start."))
    span = policies.moments(zone, window.on, window.starts, window.ends)
    if (span.ends_at - span.starts_at).total_seconds() < minutes * 60:
        raise Invalid(_("The session does not fit between the start and the end of this day."))


def _check_day(zone: ZoneInfo, window: Window, _minutes: int, at: dt.datetime) -> None:
    policies.require_wishable(zone, window.on, window.starts, at)


def _of_closed_days(actor: Actor, site: Site, windows: tuple[Window, ...], is_meant: bool) -> Iterator[Invalid]:
    closed: list[ClosedDay] = [] if is_meant else policies.closed_on(actor, site, {window.on for window in windows})
    if closed:
        yield Invalid(
            _("One of these days is without school or kept for tests (%(day)s). Tick the box below if you mean it.")
            % {"day": closed[0].called},
            "closed_day_is_meant",
        )


def _of_twins(wish: Wish, twins: Callable[[], list[Request]]) -> Iterator[Invalid]:
    if not wish.twice_is_meant and twins():
        yield Invalid(
            _("The same was asked for this site and is on its way, or was held this year. Tick the box to ask again."),
            "twice_is_meant",
        )
