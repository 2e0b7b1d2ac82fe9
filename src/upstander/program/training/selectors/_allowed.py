"""What people allowed by an exception, as reasons of the matching engine: no session is warned of for that."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from upstander.engines.matching import Reason
from upstander.engines.planning import Rule
from upstander.program.training.models import Allowance, Assignment

Reasons = frozenset[Reason]
REASONS: dict[str, Reasons] = {
    Rule.LANGUAGE: frozenset({Reason.LANGUAGE}),
    Rule.SKILL: frozenset({Reason.SKILL, Reason.SKILL_ENDS}),
    Rule.CERTIFIED: frozenset({Reason.CREDENTIAL}),
    Rule.RELEASED: frozenset({Reason.RELEASE}),
    Rule.EXCLUDED: frozenset({Reason.APART}),
    Rule.TRAVEL_LIMIT: frozenset({Reason.TOO_FAR}),
    Rule.FREE: frozenset({Reason.OUTSIDE_HOURS}),  # not days away: who is ill by then would be missed
    Rule.BUSY: frozenset({Reason.BUSY}),
    Rule.TAKEN: frozenset({Reason.TRAVEL}),  # nobody holds two sessions at once: the database refuses it
    Rule.DAY_FULL: frozenset({Reason.DAY_FULL}),
    Rule.WEEK_FULL: frozenset({Reason.WEEK_FULL}),
}
SHARED = {Rule.TAKEN.value, Rule.DAY_FULL.value, Rule.WEEK_FULL.value}  # they concern the week's other sessions too


def allowed_of(coming: Iterable[Assignment], on: dt.date) -> dict[int, Reasons]:
    """By assignment, the reasons that an exception was made for which holds on the day `on`.

    Needs their sessions and members. Takes no actor: callers have asked.
    """
    own: dict[tuple[str, int, dt.date], Reasons] = defaultdict(frozenset)
    week: dict[tuple[str, tuple[int, int]], Reasons] = defaultdict(frozenset)
    for row in Allowance.objects.filter(ended_at__isnull=True, until__gte=on):
        for step in row.steps:
            reasons = REASONS.get(step["rule"], frozenset())
            own[step["member"], row.site_id, row.on] |= reasons
            if step["rule"] in SHARED:
                week[step["member"], _week(row.on)] |= reasons
    return {
        each.pk: own[each.member.ref, each.site_id, each.session.on] | week[each.member.ref, _week(each.session.on)]
        for each in coming
    }


def _week(on: dt.date) -> tuple[int, int]:
    year, week, _day = on.isocalendar()
    return year, week
