"""Reading the district's own layer: what holds, what waits for a second person, and who acts at a site."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from upstander.district.people.models import Person
from upstander.district.people.selectors import lead_and_deputy, people_in_role
from upstander.district.places.models import Region, Site
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import district_of, region_of, site_by_ref
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import ContentRefused, Text
from upstander.foundation.kernel.errors import NotFound
from upstander.program.facts.content import Book
from upstander.program.facts.content import Entry as Fact
from upstander.program.facts.selectors import facts_by_key, shipped_entries
from upstander.program.law import policies
from upstander.program.law.content import Jurisdiction, Level, Line, Own, edition_on, jurisdiction, own_facts, own_layer
from upstander.program.law.models import LocalEntry, LocalLine
from upstander.program.law.selectors.packs import nearest_pack, shipped_packs
from upstander.program.law.states import HOLDS, WAITS, Entry

Kind = LocalEntry.Kind
MOST_SITES = 3  # whose steps one page can show without becoming a list
OF_THE_LAYER = (Kind.CHILD_WELFARE, Kind.LEVEL_NAME, Kind.LEVEL_STEPS)


@dataclass(frozen=True, slots=True)
class Here:
    """The law of a place with the district's own layer on it, and the facts that layer brings along."""

    place: Jurisdiction
    facts: Mapping[str, Fact]
    unfit: tuple[Own, ...]  # entries that the packs no longer allow: left out, and a task

    def book(self, book: Book) -> Book:
        """`book` with the district's own facts in it."""
        return Book({**book.entries, **self.facts}, book.language, book.on)


def here(*, actor: Actor, on: dt.date) -> Here:
    """What holds in the actor's district on the day `on`, its own layer included. Public.

    An entry that no longer fits its packs is left out and told; it never takes the page with it.
    """
    district = district_of(actor=actor)
    held = entries_that_hold(actor=actor).filter(kind__in=OF_THE_LAYER)
    return _laid(nearest_pack(district), on, tuple(own_of(entry) for entry in held), district.name)


def facts_here(*, actor: Actor, found: Here, keys: Iterable[str], language: str, on: dt.date) -> Book:
    """The book of these facts, the district's own among them. Public."""
    return found.book(facts_by_key(actor=actor, keys=set(keys) - set(found.facts), language=language, on=on))


@lru_cache(maxsize=128)
def _laid(key: str, on: dt.date, entries: tuple[Own, ...], district: str) -> Here:
    fitting: list[Own] = []
    unfit: list[Own] = []
    for entry in entries:
        try:
            lay(key, on, [*fitting, entry], district)
            fitting.append(entry)
        except ContentRefused:
            unfit.append(entry)
    return Here(lay(key, on, fitting, district), own_facts(fitting, district, on), tuple(unfit))


def lay(key: str, on: dt.date, entries: Sequence[Own], district: str) -> Jurisdiction:
    """The packs of a place with these entries laid on them. Raises ContentRefused. Takes no actor: nothing is read."""
    packs, facts = shipped_packs(), shipped_entries()
    own = own_layer(entries, unfilled_lines(key, on)) if entries else None
    return jurisdiction(packs, key, on, {**facts, **own_facts(entries, district, on)}, own)


def unfilled_lines(key: str, on: dt.date) -> list[str]:
    """The numbers that the place's packs know to be needed and have not filled in. Takes no actor: files are read."""
    found: list[str] = []
    pack = edition_on(shipped_packs()[key], on)
    while True:
        found += [line.key for line in pack.terms.lines if line.fact is None]
        if pack.parent is None:
            return found
        pack = edition_on(shipped_packs()[pack.parent], on)


def county_levels(*, actor: Actor, on: dt.date) -> tuple[Level, ...]:
    """The levels of response that the district's county knows, published or not."""
    editions = shipped_packs().get(district_of(actor=actor).county_key)
    return edition_on(editions, on).terms.levels if editions else ()


def entries_that_hold(*, actor: Actor) -> QuerySet[LocalEntry]:
    """Every entry in force, a number corrected at once included, with its lines."""
    return _entries(actor).filter(state__in=[str(state) for state in HOLDS])


def own_of(entry: LocalEntry) -> Own:
    """An entry as the layer reads it. Takes no actor: the entry was already read."""
    return Own(entry.kind, entry.level, tuple(line_of(line) for line in entry.lines.all()))


def line_of(line: LocalLine) -> Line:
    """A line as pages and the layer read it. Takes no actor: the line was already read."""
    return Line(Text(line.name, line.name_es or line.name), line.phone, line.deputy, line.verified_on)


def holding(
    *, actor: Actor, kind: str, level: str = "", site: Site | None = None, region: Region | None = None
) -> LocalEntry | None:
    """The entry in force about one thing, or None."""
    about = LocalEntry(kind=kind, level=level, site=site, region=region)
    return entries_that_hold(actor=actor).filter(**thing_of(about)).first()


def thing_of(entry: LocalEntry) -> dict[str, object]:
    """The fields that say what an entry is about. A site has one station, whichever kind it is. Nothing is read."""
    told = {"kind": entry.kind, "site": entry.site, "region": entry.region}
    return told if entry.kind == Kind.STATION else told | {"level": entry.level}


def waiting(*, actor: Actor, on: dt.date) -> list[LocalEntry]:
    """What waits for a second person and is the actor's: proposed by them, or in their reach to sign. Oldest first."""
    found = _entries(actor).filter(state__in=[str(state) for state in WAITS]).order_by("proposed_at", "id")
    return [e for e in found if e.proposed_by_id == actor.account_id or policies.may_sign(actor, e, on)]


def proposed_for_sites(*, actor: Actor) -> set[tuple[str, int]]:
    """What waits for its second person, as kinds with the ids of the sites: people who act, and stations."""
    proposed = LocalEntry.objects.filter(district_id=actor.district_id, state=str(Entry.PROPOSED))
    return set(proposed.filter(site__isnull=False).values_list("kind", "site_id"))


def to_decide(*, actor: Actor, on: dt.date) -> list[LocalEntry]:
    """What waits for this very person: somebody else proposed or corrected it."""
    return [entry for entry in waiting(actor=actor, on=on) if entry.proposed_by_id != actor.account_id]


def entry_by_ref(*, actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    """An entry that the actor proposed or may sign. Raises NotFound for every other."""
    entry = _entries(actor).filter(ref=ref).first()
    if entry is None or not (entry.proposed_by_id == actor.account_id or policies.may_sign(actor, entry, on)):
        raise NotFound(ref)
    return entry


def entry_to_correct(*, actor: Actor, ref: str, on: dt.date) -> LocalEntry:
    """An entry in force whose numbers the actor may correct. Raises NotFound for every other."""
    entry = entries_that_hold(actor=actor).exclude(kind=Kind.STATION).filter(ref=ref).first()
    if entry is None or not policies.may_propose(actor, entry.site, entry.region, on):
        raise NotFound(ref)
    return entry


def before(*, actor: Actor, entry: LocalEntry) -> LocalEntry | None:
    """What holds, or held, where the entry stands or would stand: the left side of old and new."""
    if entry.state == Entry.PROPOSED:
        return holding(actor=actor, kind=entry.kind, level=entry.level, site=entry.site, region=entry.region)
    former = _entries(actor).filter(pk=entry.replaces_id).first() if entry.replaces_id else None
    return last_signed(actor=actor, entry=former) or former if former and entry.state == Entry.CORRECTED else former


def seen_before(*, actor: Actor, entry: LocalEntry) -> tuple[str, tuple[Line, ...]]:
    """What a signer sees beside the entry: the ref that the signature names, and the lines.

    Beside a station stands the one that the site has now, however it came there.
    """
    if entry.kind == Kind.STATION and entry.state == Entry.PROPOSED:
        now = entry.site.law_station if entry.site else None
        return (now.ref, (Line(Text(now.name, now.name), now.phone, "", now.verified_on),)) if now else ("", ())
    former = before(actor=actor, entry=entry)
    return (former.ref, own_of(former).lines) if former else ("", ())


def last_signed(*, actor: Actor, entry: LocalEntry) -> LocalEntry | None:
    """The entry itself where a second person stands for it; else the last one before it for which one does.

    A number that was corrected twice is compared with what was signed, never with the first correction.
    """
    found: LocalEntry | None = entry
    while found is not None and found.decided_by_id is None:
        found = _entries(actor).filter(pk=found.replaces_id).first() if found.replaces_id else None
    return found


def correctors_of(*, actor: Actor, entry: LocalEntry) -> set[int]:
    """The accounts that corrected a number of the entry since it was last signed."""
    since = _entries(actor).filter(replaces_id=entry.replaces_id, decided_by=None, replaces__isnull=False)
    return set(since.values_list("proposed_by_id", flat=True))


@dataclass(frozen=True, slots=True)
class Helper:
    """Who stands in while a site has no steps of its own: a post, the people who hold it on the day, the number."""

    post: str
    names: tuple[str, ...]
    line: Line | None


@dataclass(frozen=True, slots=True)
class LocalSteps:
    """Who acts at a site; while nobody was named, whom to ask instead."""

    site_name: str
    lines: tuple[Line, ...]
    helpers: tuple[Helper, ...]


def local_steps_for(*, actor: Actor, site_ref: str, on: dt.date) -> LocalSteps:
    """The steps of a site, or the program coordinator and the region's Cadre lead where it has none.

    For pages behind the staff door only: names of staff are nobody else's business. Raises NotFound.
    """
    site = site_by_ref(actor=lend(actor, "places.read"), ref=site_ref, on=on)
    entry = holding(actor=actor, kind=Kind.STEPS, site=site)
    lines = own_of(entry).lines if entry else ()
    return LocalSteps(site.name, lines, () if lines else helpers_for(actor=actor, site=site, on=on))


def readers_steps(*, actor: Actor, on: dt.date, site_ref: str | None) -> tuple[LocalSteps, ...]:
    """The steps of the site whose staff room's sheet was scanned; else of the sites of the reader's own posts.

    Nothing where these are none or too many to show. For pages behind the staff door only.
    """
    refs = [site_ref] if site_ref else _own_sites(actor, on)
    return tuple(local_steps_for(actor=actor, site_ref=ref, on=on) for ref in refs) if len(refs) <= MOST_SITES else ()


def _own_sites(actor: Actor, on: dt.date) -> list[str]:
    if actor.person_id is None:
        return []
    held = Site.objects.filter(
        held_on(on, prefix="post__"), post__person=actor.person_id, district_id=actor.district_id
    )
    return list(held.order_by("sort_key").values_list("ref", flat=True).distinct())


def helpers_for(*, actor: Actor, site: Site, on: dt.date) -> tuple[Helper, ...]:
    """The coordinator and the lead of the site's region on the day, by their posts, with the numbers known for them."""
    region = region_of(actor=actor, site=site, on=on)
    coordinators = people_in_role(actor=actor, role="coordinator", on=on)
    found = [Helper("coordinator", _names(coordinators), _number(actor, Kind.COORDINATOR, None))]
    if region is not None:
        leads = [each for each in lead_and_deputy(actor=actor, region=region, on=on) if each]
        found.append(Helper("region_lead", _names(leads), _number(actor, Kind.REGION_LEAD, region)))
    return tuple(helper for helper in found if helper.names or helper.line)


def _names(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(person.full_name for person in people)


def _number(actor: Actor, kind: str, region: Region | None) -> Line | None:
    entry = holding(actor=actor, kind=kind, region=region)
    return next(iter(own_of(entry).lines), None) if entry else None


def _entries(actor: Actor) -> QuerySet[LocalEntry]:
    lines = Prefetch("lines", LocalLine.objects.order_by("position"))
    found = LocalEntry.objects.filter(district_id=actor.district_id).select_related(
        "site__law_station", "region", "proposed_by", "decided_by"
    )
    return found.prefetch_related(lines).order_by("kind", "level", "site__sort_key", "region__name", "id")
