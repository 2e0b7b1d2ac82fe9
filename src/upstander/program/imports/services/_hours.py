"""Hours of a list, entered and ended again; the services of windows say what may be."""

import datetime as dt

from upstander.district.places.models import Site
from upstander.foundation.kernel.access import lend
from upstander.foundation.kernel.actor import Actor
from upstander.program.imports.content.outcomes import Change
from upstander.program.imports.selectors.hours import PLAN
from upstander.program.training.services.windows import Stretch, add_windows, end_windows


def record_hours(actor: Actor, writes: list[Change], at: dt.datetime) -> list[str]:
    """Enter the hours of every line; the refs in the order of `writes`."""
    sites = Site.objects.filter(pk__in={change.target for change in writes})
    refs = dict(sites.values_list("pk", "ref"))
    stretches = [_stretch(change, refs[change.target]) for change in writes]
    entered = add_windows(actor=lend(actor, PLAN), stretches=stretches, at=at) if stretches else []
    return [window.ref for window in entered]


def end_hours(actor: Actor, refs: list[str], at: dt.datetime) -> None:
    """No later plan uses them. What is agreed stays, and so does what somebody ended by hand meanwhile."""
    end_windows(actor=lend(actor, PLAN), refs=refs, at=at)


def _stretch(change: Change, site_ref: str) -> Stretch:
    line, hours = change.line, change.line.hours
    assert hours, "a list of hours has no other lines"
    return Stretch(
        audience=hours.audience,
        weekday=hours.weekday,
        starts=hours.starts,
        ends=hours.ends,
        site_ref=site_ref,
        starts_on=line.day,
        until=line.until,
        most_per_year=hours.most,
        is_paid_time=hours.is_paid,
    )
