"""Writing entries down. Readers see nothing of it before somebody has checked it (see `checking`)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import record
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import Invalid, NotFound, refuse
from upstander.foundation.kernel.languages import shipped_languages
from upstander.program.directory import events, policies
from upstander.program.directory.content.hours import Hours
from upstander.program.directory.content.hsds import Number
from upstander.program.directory.content.phones import DIALED
from upstander.program.directory.content.shipped import shipped
from upstander.program.directory.models import Location, Organization, Phone, Schedule, Service, ServiceAtLocation
from upstander.program.directory.services._held import editing, held
from upstander.program.directory.services._refusals import unseen_in
from upstander.program.directory.states import AFTER_WRITING, State

LEAST_DIGITS = 3  # 911, 988, 211


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as its form tells it. Texts may be empty; needs, languages and refs of places are chosen."""

    organization_ref: str
    name_en: str
    name_es: str = ""
    about_en: str = ""
    about_es: str = ""
    who_en: str = ""
    who_es: str = ""
    how_en: str = ""
    how_es: str = ""
    website: str = ""
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    youngest: int | None = None
    oldest: int | None = None
    cost: str = Service.Cost.UNKNOWN
    may_report: str = Service.MayReport.UNKNOWN
    takes_report: str = Service.TakesReport.UNKNOWN
    numbers: tuple[Number, ...] = ()
    hours: tuple[Hours, ...] = ()
    place_refs: tuple[str, ...] = field(default=())


@transaction.atomic
def write_service(
    *, actor: Actor, written: Written, ref: str = "", over: int | None = None, at: dt.datetime
) -> Service:
    """Write an entry, a new one or over the one with `ref` as it was in the version `over`. Needs `directory.edit`.

    A published entry stays as readers see it until somebody has checked the change. Raises Invalid for every field
    that cannot stand, NotFound for an entry or place that is not there, WrongState when somebody was faster.
    """
    policies.require_editor(actor)
    editing(actor)
    service = held(Service, actor, ref, over) if ref else Service(district_id=actor.district_id, state=State.DRAFT)
    refuse(faults_in(written, service.kind))
    service.version += bool(ref)
    service.organization = held(Organization, actor, written.organization_ref)
    for name in PLAIN:
        setattr(service, name, getattr(written, name))
    service.needs, service.languages = list(written.needs), list(written.languages)
    service.state, service.written_at = AFTER_WRITING[State(service.state)], at
    service.save()
    _write_parts(service, written)
    record(events.WRITTEN, actor=actor, subject=service.ref, at=at, state=service.state)
    return service


PLAIN = (
    *("name_en", "name_es", "about_en", "about_es", "who_en", "who_es", "how_en", "how_es"),
    *("website", "youngest", "oldest", "cost", "may_report", "takes_report"),
)


def _write_parts(service: Service, written: Written) -> None:
    """Numbers, hours and places are written anew each time: what stands in the form is all there is."""
    of = {"district_id": service.district_id, "service": service}
    for model in (Phone, Schedule, ServiceAtLocation):
        model.objects.filter(district_id=service.district_id, service=service).delete()
    Phone.objects.bulk_create([Phone(**of, position=at, **asdict(n)) for at, n in enumerate(written.numbers)])
    Schedule.objects.bulk_create([Schedule(**of, **asdict(each)) for each in written.hours])
    places = {
        place.ref: place
        for place in Location.objects.filter(district_id=service.district_id, organization=service.organization)
    }
    if missing := set(written.place_refs) - places.keys():
        raise NotFound(min(missing))
    at_places = [ServiceAtLocation(**of, location=places[ref]) for ref in dict.fromkeys(written.place_refs)]
    ServiceAtLocation.objects.bulk_create(at_places)


def faults_in(written: Written, kind: str = Service.Kind.SERVICE) -> Iterable[Invalid]:
    """Everything that an entry cannot say, each at its field."""
    if not (written.name_en.strip() or written.name_es.strip()):
        yield Invalid(_("Please give the name."), "name_en")
    known: Mapping[str, object] = shipped().needs
    if not set(written.needs) <= known.keys():
        yield Invalid(_("Please choose from the list."), "needs")
    if not set(written.languages) <= shipped_languages().names.keys():
        yield Invalid(_("Please choose from the list."), "languages")
    if written.youngest is not None and written.oldest is not None and written.youngest > written.oldest:
        yield Invalid(_("The youngest age is above the oldest."), "youngest")
    if kind == Service.Kind.UNIT and written.takes_report == Service.TakesReport.YES:
        yield Invalid(_("Asking a unit is no report: no unit of the district takes one."), "takes_report")
    yield from unseen_in(asdict(written))
    yield from _of_numbers(written.numbers)


def _of_numbers(numbers: Iterable[Number]) -> Iterable[Invalid]:
    for at, each in enumerate(numbers):
        if sum(map(str.isdigit, each.number)) < LEAST_DIGITS:
            yield Invalid(_("Please give the whole number."), f"number_{at}")
        elif not DIALED.fullmatch(each.number):
            yield Invalid(_("Please write the number in digits: not every phone can dial letters."), f"number_{at}")
