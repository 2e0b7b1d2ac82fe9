"""Who missed a part of a held session, and when they make it up."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from upstander.district.people.models import Person
from upstander.district.places.models import Site, SiteRegion
from upstander.district.places.policies import held_on
from upstander.engines.presence import Stay
from upstander.foundation.kernel.access import scope
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Completion
from upstander.program.compliance.selectors.requirements import AWARENESS
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING
from upstander.program.training.content.offerings import Edition, topics_between
from upstander.program.training.models import Assignment, CalledOff, MadeUp, MakeUp, Session
from upstander.program.training.selectors._presence import attendances_of
from upstander.program.training.selectors.offerings import editions_called
from upstander.program.training.selectors.requests import in_reach
from upstander.program.training.selectors.rooms import session_led


@dataclass(frozen=True, slots=True)
class Partial:
    """One person who was there, and not for long enough. `parts` says which minutes they missed."""

    session: Session
    person: Person
    minutes: int
    parts: Stay
    make_up: MakeUp | None
    is_made: bool
    given: Edition | None

    @property
    def missed(self) -> int:
        return self.parts.late + self.parts.early

    @property
    def topics(self) -> list[str]:
        """The topics of the edition that lay in what they missed; none where nobody knows what was given."""
        edition, length = self.given, self.minutes + self.missed
        if edition is None:
            return []
        stretches = ((0, self.parts.late), (length - self.parts.early, length))
        found = [topic for first, last in stretches for topic in topics_between(edition, length, first, last)]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Fit:
    """A time at which somebody could make up what they missed: their own, others' at their site, or a whole session."""

    on: dt.date
    starts: dt.time
    site: Site
    is_own: bool = False
    is_session: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """One line of what is still to be made up, with the next time that fits."""

    partial: Partial
    fit: Fit | None


def partials_of(*, actor: Actor, ref: str, at: dt.datetime) -> tuple[Session, list[Partial]]:
    """A held session and everyone who missed a part of it, by name; nobody before it is closed. Raises NotFound."""
    session = session_led(actor=actor, ref=ref, at=at)
    if session.state != states.Session.CLOSED:
        return session, []
    return session, list(_partials({session.pk: session}, Q()))


def open_partials(*, actor: Actor, at: dt.datetime) -> list[Open]:
    """Who still has only a part of a staff session, by site and name, as long as it can be made up.

    Of the sites the actor coordinates and of the sessions they led. Whoever completed the training since is left out.
    """
    on = policies.today(actor, at)
    sessions = {session.pk: session for session in _held(actor, on)}
    later = Completion.objects.filter(
        person=OuterRef("person"),
        subject=AWARENESS,
        completed_on__gte=OuterRef("session__on"),
        retractions__isnull=True,
    )
    found = list(_partials(sessions, Q(person__isnull=True) | Q(~Exists(later))))
    ahead = _Ahead(found, on, at)
    lines = [Open(partial, ahead.fit_for(partial)) for partial in found if not partial.is_made]
    return sorted(lines, key=lambda line: (line.partial.session.site.name, line.partial.session.site_id))


def _held(actor: Actor, on: dt.date) -> list[Session]:
    mine = Q(in_reach(actor=actor, reach=scope(actor, "training.coordinate"), on=on))
    if actor.person_id is not None and actor.has("training.lead"):
        led = Assignment.objects.filter(member__person_id=actor.person_id, released_at__isnull=True)
        mine |= Q(pk__in=led.exclude(role=Assignment.Role.SHADOW).values("session_id"))
    held = Session.objects.filter(mine, state=states.Session.CLOSED, request__kind=TRAINING)
    return list(held.filter(on__gte=on - policies.MADE_UP_WITHIN).select_related("site"))


def _partials(sessions: Mapping[int, Session], which: Q) -> Iterator[Partial]:
    """Everyone who missed a part of the sessions, by name, as far as the rows of the ledger in question tell."""
    short = {
        (session, person): presence
        for session, found in attendances_of(which & Q(session__in=list(sessions))).items()
        for person, presence in found.people.items()
        if presence.is_present and not policies.has_stayed(sessions[session], presence)
    }
    people = Person.objects.filter(pk__in={person for _session, person in short}).select_related("account").in_bulk()
    offers = MakeUp.objects.filter(session__in=list(sessions)).annotate(
        is_made=Exists(MadeUp.objects.filter(make_up=OuterRef("pk"))),
        is_off=Exists(CalledOff.objects.filter(make_up=OuterRef("pk"))),
    )
    last = {(offer.session_id, offer.person_id): offer for offer in offers.order_by("id")}
    given = _given_in(sessions[session] for session, _person in short)
    for key in sorted(short, key=lambda key: (people[key[1]].sort_key, key[1], key[0])):
        session, offer = sessions[key[0]], last.get(key)
        yield Partial(
            session,
            people[key[1]],
            policies.minutes_of(session, short[key]),
            policies.missed_parts(session, short[key]),
            None if offer is None or offer.is_off else offer,
            offer is not None and offer.is_made,
            given.get(session.offering),
        )


def _given_in(sessions: Iterable[Session]) -> dict[str, Edition]:
    found = {session.offering: session.district_id for session in sessions}
    return editions_called(next(iter(found.values()), 0), found)


class _Ahead:
    """What lies ahead at the sites of these people: times that are set already, and whole sessions in their regions."""

    def __init__(self, partials: list[Partial], on: dt.date, at: dt.datetime) -> None:
        self.on = on
        self.times: dict[tuple[int, str], list[Partial]] = {}
        for each in partials:
            if each.make_up is not None and not each.is_made and each.make_up.on >= on:
                self.times.setdefault((each.session.site_id, each.session.offering), []).append(each)
        sites = {partial.session.site_id for partial in partials}
        regions = SiteRegion.objects.filter(held_on(on), site__in=sites).values("region")
        near = SiteRegion.objects.filter(held_on(on), region__in=regions)
        self.region_of = dict(near.values_list("site_id", "region_id"))
        self.sessions: dict[str, list[Session]] = {}
        coming = Session.objects.filter(state=states.Session.CONFIRMED, request__kind=TRAINING, starts_at__gt=at)
        for session in coming.filter(site__in=sites | self.region_of.keys()).select_related("site"):
            self.sessions.setdefault(session.offering, []).append(session)

    def fit_for(self, partial: Partial) -> Fit | None:
        """Their own time; else the next one of the same edition at their site; else the next in their region."""
        own, site = partial.make_up, partial.session.site
        if own is not None and own.on >= self.on:
            return Fit(own.on, own.starts, site, is_own=True)
        found = [Fit(offer.on, offer.starts, site) for offer in self._times(partial)]
        found += [Fit(each.on, each.starts, each.site, is_session=True) for each in self._sessions(partial)]
        in_time = [fit for fit in found if fit.on <= partial.session.on + policies.MADE_UP_WITHIN]
        return min(in_time, key=lambda fit: (fit.site != site, fit.on, fit.starts), default=None)

    def _times(self, partial: Partial) -> list[MakeUp]:
        """Times of others at which all of what this person missed is given."""
        here = self.times.get((partial.session.site_id, partial.session.offering), [])
        return [
            each.make_up
            for each in here
            if each.make_up and each.parts.late >= partial.parts.late and each.parts.early >= partial.parts.early
        ]

    def _sessions(self, partial: Partial) -> list[Session]:
        site = partial.session.site_id
        region = self.region_of.get(site)
        return [
            each
            for each in self.sessions.get(partial.session.offering, [])
            if each.site_id == site or (region is not None and self.region_of.get(each.site_id) == region)
        ]
