"""What is given in sessions: what ships, and beside it what a district offers itself."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import starmap

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.content import Text, said
from upstander.foundation.kernel.errors import NotFound
from upstander.program.training import states
from upstander.program.training.content import offerings
from upstander.program.training.content.kinds import TRAINING, kind_of
from upstander.program.training.content.offerings import OWN, Edition, Part, edition_named
from upstander.program.training.models import OwnEdition, OwnOffering, Request

ALL_STAFF = "all_staff"


@dataclass(frozen=True, slots=True)
class Own:
    """An offering of the district with its editions, the newest first, and apart those replaced before they began.

    An edition that was put in later and begins earlier takes the place of those after it: a first day can be mistyped.
    """

    offering: OwnOffering
    rows: tuple[OwnEdition, ...]
    replaced: tuple[OwnEdition, ...] = ()

    @property
    def editions(self) -> list[Edition]:
        """As shipped ones are read."""
        return [edition_of(row, self.offering.ref) for row in self.rows]

    def now(self, on: dt.date) -> OwnEdition | None:
        """The edition that is given on a day; none before the first one, nor once the offering is retired."""
        if self.offering.retired_on and self.offering.retired_on <= on:
            return None
        return next((row for row in self.rows if row.starts_on <= on), None)

    def offered(self, on: dt.date) -> list[OwnEdition]:
        """The editions that can be asked for on a day: the one of then, and those to come."""
        if self.offering.retired_on and self.offering.retired_on <= on:
            return []
        now = self.now(on)
        return [row for row in self.rows if row == now or row.starts_on > on]


def own_offerings(*, actor: Actor) -> list[Own]:
    """All offerings of the district, those retired too, the oldest first; two queries."""
    return _own(actor.district_id)


def own_offering(*, actor: Actor, ref: str) -> Own:
    """One of them. Raises NotFound."""
    found = next((each for each in own_offerings(actor=actor) if each.offering.ref == ref), None)
    if found is None:
        raise NotFound(ref)
    return found


def own_minutes(*, actor: Actor, on: dt.date) -> dict[int, frozenset[str]]:
    """The lengths of own offerings that can be asked for on a day, and for whom each of them is."""
    found: dict[int, frozenset[str]] = {}
    for each in own_offerings(actor=actor):
        for row in each.offered(on):
            found[row.minutes] = found.get(row.minutes, frozenset()) | set(row.audiences)
    return found


def lengths_beside(*, actor: Actor, kind: str, on: dt.date, stands: int = 0) -> list[tuple[str, str]]:
    """Lengths that can be asked for beside those that ship, in words that say for whom they are.

    `stands` is the length that a request has: it can be kept, also where it is offered no more.
    """
    if kind != TRAINING:
        return []
    shipped, own = kind_of(kind).options_of("minutes"), own_minutes(actor=actor, on=on)
    found = [(minutes, whom) for minutes, whom in sorted(own.items()) if str(minutes) not in shipped]
    words = [(str(minutes), f"{minutes_words(minutes)} ({', '.join(whom_words(whom))})") for minutes, whom in found]
    if stands and stands not in own and str(stands) not in shipped:
        words.append((str(stands), _("%(length)s, as it stands") % {"length": minutes_words(stands)}))
    return words


def whom_words(audiences: Collection[str]) -> list[str]:
    """These people in words, in the order in which they are asked for. Takes no actor: the words ship."""
    return [said(text) for key, text in kind_of(TRAINING).options_of("audience").items() if key in audiences]


def lengths_of_plans(*, actor: Actor, on: dt.date) -> list[tuple[int, str]]:
    """The lengths that a year plan can take: those that ship, and those of own offerings for all staff."""
    shipped = {int(key): said(text) for key, text in kind_of(TRAINING).options_of("minutes").items()}
    own = (minutes for minutes, whom in own_minutes(actor=actor, on=on).items() if ALL_STAFF in whom)
    return sorted({minutes: minutes_words(minutes) for minutes in own}.items() | shipped.items())


def usual_minutes(*, actor: Actor, on: dt.date) -> dict[str, int]:
    """The lengths that year plans take for some people, by audience, because an own offering says so."""
    rows = [each.now(on) for each in own_offerings(actor=actor)]
    return {audience: row.minutes for row in rows if row and row.is_usual for audience in row.audiences}


def given_to(*, actor: Actor, kind: str, audience: str, minutes: int, on: dt.date) -> str:
    """The name of the edition that is given to an audience in so many minutes on a day; empty where nothing fits."""
    own = own_offerings(actor=actor) if kind == TRAINING else []
    return name_among(own, kind, audience, minutes, on)


def name_among(own: Iterable[Own], kind: str, audience: str, minutes: int, on: dt.date) -> str:
    """The same where the district's own offerings were read before; takes no actor and no query."""
    for row in (each.now(on) for each in own):
        if row is not None and row.minutes == minutes and audience in row.audiences:
            return edition_of(row, row.offering.ref).name
    return offerings.name_of_edition(kind, audience, on, minutes)


def days_without(*, actor: Actor, kind: str, audience: str, minutes: int, days: Iterable[dt.date]) -> list[dt.date]:
    """Those of the days on which an own length is not given to an audience; what ships is given on every day."""
    if kind != TRAINING or str(minutes) in kind_of(kind).options_of("minutes"):
        return []
    own = own_offerings(actor=actor)
    return [day for day in days if not name_among(own, kind, audience, minutes, day)]


def waiting_for(*, actor: Actor, own: Own, on: dt.date) -> int:
    """How many requests that wait for an answer ask for a length of this offering, for its people."""
    asked = Q()
    for row in own.offered(on):
        asked |= Q(minutes=row.minutes, audience__in=row.audiences)
    waiting = Request.objects.filter(district_id=actor.district_id, kind=TRAINING, state=states.Request.WAITING)
    return waiting.filter(asked).count() if asked else 0


def editions_on(*, actor: Actor, kind: str, on: dt.date) -> list[Edition]:
    """What can have been given on a day in a session of this kind, the district's own after what ships."""
    own = own_offerings(actor=actor) if kind == TRAINING else []
    return [
        *offerings.editions_by(kind, on),
        *(edition for each in own for edition in each.editions if edition.starts_on <= on),
    ]


def edition_called(*, actor: Actor, name: str) -> Edition | None:
    """The edition that a session keeps the name of; a query for one of the district's own alone."""
    return editions_called(actor.district_id, [name]).get(name)


def editions_called(district_id: int, names: Iterable[str]) -> dict[str, Edition]:
    """The editions of these names, as far as they are known; one query where any is the district's own."""
    wanted = set(names)
    found = {name: edition for name in wanted if (edition := edition_named(name)) is not None}
    if any(name.startswith(OWN) for name in wanted):
        own = ((row, each.offering.ref) for each in _own(district_id) for row in (*each.rows, *each.replaced))
        found |= {edition.name: edition for edition in starmap(edition_of, own) if edition.name in wanted}
    return found


def edition_words(*, actor: Actor, name: str) -> str:
    """An edition in words; its name where it is not known any more."""
    found = edition_called(actor=actor, name=name)
    return words_of(found) if found else name


def words_of(edition: Edition) -> str:
    """What an edition is called, with its day. Takes no actor: it was read already."""
    day = date_format(edition.starts_on, "DATE_FORMAT")
    return _("%(title)s, edition of %(day)s") % {"title": said(edition.title), "day": day}


def staff_editions(*, actor: Actor) -> list[tuple[str, str]]:
    """Name and words of every edition that a training of staff can give, also one that is still to come."""
    shipped = [each for each in offerings.shipped_editions() if each.kind == TRAINING]
    own = [edition for each in own_offerings(actor=actor) for edition in each.editions]
    return [(each.name, words_of(each)) for each in (*shipped, *own)]


def edition_of(row: OwnEdition, offering_ref: str) -> Edition:
    """A row as shipped editions are read; what its topics are about is said by the shipped one for the same people."""
    says = offerings.says_of(TRAINING, row.audiences[0], row.starts_on)
    order = [*says, *(topic for topic in row.agenda if topic not in says)]
    return Edition(
        offering=OWN + offering_ref,
        kind=TRAINING,
        audiences=tuple(row.audiences),
        title=Text(row.title_en, row.title_es),
        starts_on=row.starts_on,
        lengths=(row.minutes,),
        agenda=tuple(
            Part(topic, says.get(topic, NOTHING), (row.agenda[topic],)) for topic in order if topic in row.agenda
        ),
        slides=None,
        handouts=tuple(row.handouts),
        is_own=True,
    )


NOTHING = Text("", "")


def _own(district_id: int) -> list[Own]:
    rows: dict[int, list[OwnEdition]] = {}
    for row in OwnEdition.objects.filter(district_id=district_id).select_related("offering").order_by("-starts_on"):
        rows.setdefault(row.offering_id, []).append(row)
    found = {row.offering_id: row.offering for each in rows.values() for row in each}
    return [Own(found[pk], *_parted(rows[pk])) for pk in sorted(rows)]


def _parted(rows: list[OwnEdition]) -> tuple[tuple[OwnEdition, ...], tuple[OwnEdition, ...]]:
    replaced = [row for row in rows if any(each.pk > row.pk and each.starts_on < row.starts_on for each in rows)]
    return tuple(row for row in rows if row not in replaced), tuple(replaced)


def minutes_words(minutes: int) -> str:
    """A length in words. Takes no actor."""
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
