"""Travel times from a file: read as a whole or not at all, and forgotten again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.district.places.models import Site
from upstander.engines.tables.sheets import letter
from upstander.engines.tables.ways import MOST_MINUTES, MOST_WAYS, Problem, Why, key_of, read_ways
from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, WrongState, refuse
from upstander.program.training import events
from upstander.program.training.models import TravelFile, TravelWay

MOST_TOLD = 12
WHOLE_FILE = {
    Why.HEADINGS: _("The first row has to hold the headings from, to and minutes, each once."),
    Why.NOTHING: _("Below the headings there is nothing."),
    Why.TOO_MANY: _("The file has more than %(most)s rows. Leave out pairs for which the estimate is good enough."),
}
CELL = {
    Why.UNKNOWN: _("no site goes by this code or name."),
    Why.SEVERAL: _("several sites go by this name. Use the code."),
    Why.SAME: _("the way leads from a site to itself."),
    Why.MINUTES: _("this is no whole number of minutes from 1 to %(longest)s."),
    Why.TWICE: _("an earlier row gives another time for this way."),
}


@transaction.atomic
def read_travel_file(*, actor: Actor, rows: Sequence[Sequence[str]], at: dt.datetime) -> int:
    """Keep the travel times of a table, in place of all that were kept; gives the number of pairs.

    Every plan that is drafted or released from now on counts with them. Needs `training.plan` in the whole district.
    Raises Invalid at `file`, cell by cell; then what was kept stays.
    """
    require(actor, "training.plan", Place(actor.district_id))
    reading = read_ways(rows, _by_word(actor))
    refuse(_told(reading.problems))
    told = {"read_at": at, "account_id": actor.account_id, "way_count": len(reading.ways)}
    file, _made = TravelFile.objects.update_or_create(district_id=actor.district_id, defaults=told)
    TravelWay.objects.filter(district_id=actor.district_id).delete()
    TravelWay.objects.bulk_create(
        [
            TravelWay(district_id=actor.district_id, one_id=one, other_id=other, minutes=minutes)
            for (one, other), minutes in sorted(reading.ways.items())
        ],
        batch_size=1000,
    )
    record(events.TRAVEL_READ, actor=actor, subject=file.ref, at=at, way_count=len(reading.ways))
    return len(reading.ways)


@transaction.atomic
def forget_travel_file(*, actor: Actor, at: dt.datetime) -> None:
    """Delete the travel times; ways are estimated again. Needs `training.plan` in the whole district."""
    require(actor, "training.plan", Place(actor.district_id))
    file = TravelFile.objects.select_for_update().filter(district_id=actor.district_id).first()
    if file is None:
        raise WrongState(_("No travel times are kept any more."))
    TravelWay.objects.filter(district_id=actor.district_id).delete()
    file.delete()
    record(events.TRAVEL_FORGOTTEN, actor=actor, subject=file.ref, at=at)


def _by_word(actor: Actor) -> dict[str, frozenset[int]]:
    """The sites by code and by name. A code is meant before a name."""
    codes, names = defaultdict(set), defaultdict(set)
    for pk, code, name in Site.objects.filter(district_id=actor.district_id).values_list("pk", "code", "name"):
        codes[key_of(code)].add(pk)
        names[key_of(name)].add(pk)
    return {word: frozenset(pks) for word, pks in [*names.items(), *codes.items()]}


def _told(problems: Sequence[Problem]) -> Iterator[Invalid]:
    for each in problems[:MOST_TOLD]:
        yield Invalid(_sentence(each), "file")
    if len(problems) > MOST_TOLD:
        yield Invalid(_("And %(count)s more.") % {"count": len(problems) - MOST_TOLD}, "file")


def _sentence(problem: Problem) -> object:
    if problem.why in WHOLE_FILE:
        return WHOLE_FILE[problem.why] % {"most": MOST_WAYS}
    why = CELL[problem.why] % {"longest": MOST_MINUTES}
    told = {"row": problem.row + 1, "column": letter(problem.column), "value": problem.value or "–", "why": why}
    return _("Row %(row)s, column %(column)s (%(value)s): %(why)s") % told
