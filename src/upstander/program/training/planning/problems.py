"""What a plan is made from: the engine's problem, read from the database as it stands."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Prefetch

from upstander.district.places.models import SchoolYear
from upstander.district.places.models import Site as SiteRow
from upstander.district.places.selectors import days_out
from upstander.engines.planning import Mode, Place, Problem, Site, Travel, Weights
from upstander.foundation.kernel.actor import Actor
from upstander.program.training import policies, states
from upstander.program.training.content.kinds import TRAINING, whole_of
from upstander.program.training.models import Allowance, PlanEntry, Request, Session, SessionGuest, key_in_plans
from upstander.program.training.planning._members import members
from upstander.program.training.planning._sites import Untrained, untrained_sites
from upstander.program.training.planning.agreed import ELSEWHERE, agreed_sessions, allowed_sessions, team_of
from upstander.program.training.planning.allowances import allowances_on
from upstander.program.training.planning.calendar import minute_of
from upstander.program.training.planning.together import hosts_in, joined
from upstander.program.training.planning.ways import legs_for
from upstander.program.training.selectors._guests import guests_now
from upstander.program.training.selectors._teams import held_now
from upstander.program.training.selectors.matching import members_between
from upstander.program.training.selectors.offerings import usual_minutes

ENGINE = "planning 1"
MOVED_COST = 2_000  # kilometres that a changed promise costs: only a site without any day outweighs it


@dataclass(frozen=True, slots=True)
class Settings:
    """What the coordinator decides for a plan. `pair_from` people on, two come; 0: always one."""

    first_on: dt.date
    minutes: int = 60
    pair_from: int = 0
    seed: int = 1

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {**asdict(self), "first_on": self.first_on.isoformat()}


@dataclass(frozen=True, slots=True)
class Source:
    """The problem, and behind each of its sites what the database knows of it."""

    problem: Problem
    sites: dict[str, Untrained]  # by its key (`PlanEntry.key`), as are the others
    sessions: dict[str, Session]  # what is agreed already, of guests too
    allowances: dict[str, Allowance]  # exceptions that hold

    def request_of(self, key: str) -> Request | None:
        """The site's own request of its agreed session, be it the host's or a guest's."""
        return _request_of(self.sites[key].site.ref, self.sessions[key]) if key in self.sessions else None

    @property
    def free(self) -> list[str]:
        """The refs of sites that are in no group and have no session agreed, by name; none that is trained in parts."""
        grouped = {site.ref for site in self.problem.sites if site.together}
        alone = (ref for ref, each in self.sites.items() if not each.part)
        return [ref for ref in alone if ref not in grouped and ref not in self.sessions]

    @property
    def sociable(self) -> list[str]:
        """Those of them of which nobody said that they are trained alone."""
        return [ref for ref in self.free if not (usual := self.sites[ref].usual) or not usual.is_alone]


def read_settings(stored: dict[str, Any]) -> Settings:
    """The settings of a stored plan."""
    return Settings(**{**stored, "first_on": dt.date.fromisoformat(stored["first_on"])})


def source_for(*, actor: Actor, year: SchoolYear, settings: Settings, at: dt.datetime) -> Source | None:
    """Everything a plan of the year is made from, in a fixed number of queries; None without a requirement.

    Sessions that are agreed come as fixed: those of a plan may be moved at a high cost; those that people arranged
    themselves, or pinned, or that come before the first day to plan, stay. Sessions at other sites only fill their
    consultants' days.
    """
    untrained = untrained_sites(actor, year, settings.first_on, at)
    if untrained is None:
        return None
    sites = {each.ref: each for each in untrained}
    agreed, elsewhere = _agreed(sites, at)
    of_plans = _kept_by_plans(agreed)
    hosts = hosts_in(sites, agreed)
    usual = usual_minutes(actor=actor, on=settings.first_on)
    engine_sites = joined(
        (_site(each, settings, agreed.get(ref), usual) for ref, each in sites.items()), hosts, settings.pair_from
    )
    days = sorted(
        {window.day for site in engine_sites for window in site.windows} | {each.on for each in agreed.values()}
    )
    regions = frozenset(each.region for each in untrained)
    # Some of these may have left by now.
    busy = [each for session in (*agreed.values(), *elsewhere) for each in team_of(session)]
    people = members_between(settings.first_on, year.ends_on, busy)
    cadre = members(policies.zone_of(actor), people, settings.first_on, days, regions)
    allowed = allowances_on(year, policies.today(actor, at))
    agreed_ones = agreed_sessions(agreed, elsewhere, of_plans, settings.first_on)
    problem = Problem(
        sites=(*engine_sites, *map(_place_taken, elsewhere)),
        members=cadre,
        fixed=(*agreed_ones, *allowed_sessions(allowed, agreed, cadre, hosts, engine_sites)),
        closed=frozenset(day.on for day in days_out(actor=actor, first=settings.first_on, until=year.ends_on)),
        travel=Travel(legs=legs_for(_refs(sites, elsewhere), cadre)),
        weights=Weights(moved=MOVED_COST),
        seed=settings.seed,
    )
    return Source(problem, sites, agreed, allowed)


def _agreed(sites: dict[str, Untrained], at: dt.datetime) -> tuple[dict[str, Session], list[Session]]:
    """For each session that the plan would hold the first one that is coming or going on, and all the others."""
    held = held_now().select_related("member")
    coming = Session.objects.filter(state__in=states.TO_BE_HELD, ends_at__gt=at).select_related("site", "request")
    coming = coming.prefetch_related(guests_now())
    found: dict[str, Session] = {}
    others: list[Session] = []
    for session in coming.prefetch_related(Prefetch("assignments", held, to_attr="held")).order_by("starts_at", "id"):
        if not session.held:
            continue
        key = _key_of(sites, session.site.ref, session.request)
        if session.request.kind == TRAINING and key and key not in found:
            found[key] = session
            guests = [_key_of(sites, guest.site.ref, guest.request) for guest in _guests_here(session)]
            found |= {ref: session for ref in guests if ref}
        else:
            others.append(session)
    return found, others


def _key_of(sites: dict[str, Untrained], site_ref: str, request: Request) -> str:
    """Which session of the plan a site's request is about; empty where the plan has none for those it asks for."""
    keys = (site_ref, *(key_in_plans(site_ref, part) for part in (request.audience, whole_of(request.audience))))
    return next((key for key in keys if key in sites), "")


def _kept_by_plans(agreed: dict[str, Session]) -> dict[int, bool]:
    """The sessions that came out of a plan, and whether people pinned them there."""
    entries = PlanEntry.objects.filter(session__in=list(agreed.values()), plan__state="released", host__isnull=True)
    return dict(entries.values_list("session_id", "is_pinned"))


def _site(each: Untrained, settings: Settings, agreed: Session | None, usual: dict[str, int]) -> Site:
    wish = _request_of(each.site.ref, agreed) if agreed else each.wish
    said = wish or each.usual
    mode = said.mode if said else Request.Mode.IN_PERSON
    heads = max(each.head_count, wish.head_count if wish else 0)
    return Site(
        ref=each.ref,
        place=_place(each.site),
        region=each.region,
        minutes=_minutes(agreed) if agreed else wish.minutes if wish else usual.get(each.audience, settings.minutes),
        windows=tuple(sorted(set(each.windows), key=lambda window: (window.day, window.starts, window.ends))),
        audience=each.audience,
        head_count=heads,
        languages=frozenset(said.languages if said else ("en",)),
        mode=Mode(mode),
        is_pair=bool(settings.pair_from) and heads >= settings.pair_from,
        wishes=each.wishes,
        closed=frozenset(each.closed),
        excluded=tuple(each.excluded),
        **_room(each, wish),
    )


def _request_of(ref: str, session: Session) -> Request:
    requests: list[Request] = [guest.request for guest in _guests_here(session) if guest.site.ref == ref]
    return requests[0] if requests else session.request


def _guests_here(session: Session) -> list[SessionGuest]:
    here: list[SessionGuest] = session.here  # type: ignore[attr-defined]
    return here


def _room(each: Untrained, wish: Request | None) -> dict[str, Any]:
    """The room that the site wished for, else the one that people named in the last plan; its seats likewise."""
    name = wish.room if wish and wish.room else each.room
    known = each.seat_count if name == each.room else 0
    return {"room": name, "seats": wish.seat_count or known if wish else known}


def _refs(sites: dict[str, Untrained], elsewhere: list[Session]) -> dict[int, list[str]]:
    """Under which refs the problem knows a site, by its id."""
    found: dict[int, list[str]] = {}
    for ref, each in sites.items():
        found.setdefault(each.site.pk, []).append(ref)
    for session in elsewhere:
        found.setdefault(session.site_id, []).append(ELSEWHERE + session.ref)
    return found


def _place(site: SiteRow) -> Place | None:
    if site.latitude is None or site.longitude is None:
        return None
    return Place(site.latitude, site.longitude)


def _minutes(session: Session) -> int:
    return minute_of(session.ends) - minute_of(session.starts)


def _place_taken(session: Session) -> Site:
    """A session at a site that the plan is not about, as a site of its own."""
    mode = Mode(session.mode)
    return Site(ELSEWHERE + session.ref, _place(session.site), "", _minutes(session), (), mode=mode)
