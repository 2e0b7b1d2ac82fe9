"""Which rows hold on a day, and which sites a day's rules count. Read by selectors and services alike."""

import datetime as dt

from django.db.models import Q

# Which sites count as secondary on a day: schools active that day, by the district's own dated rule. The rule goes by
# the directory's words for a school, or, when it names none, by grades served; without any rule grades 7 to 12 count.
# One row per site with the region it belonged to that day. Parameters: district, on, known_at.
HOLDS = """
    {row}.starts_on <= %(on)s AND ({row}.ends_on IS NULL OR {row}.ends_on > %(on)s)
    AND {row}.recorded_at <= %(known_at)s AND ({row}.superseded_at IS NULL OR {row}.superseded_at > %(known_at)s)
"""
SECONDARY_SITES = f"""
    SELECT site.id AS site_id, placed.region_id
    FROM places_site AS site
    JOIN places_sitestatus AS state ON state.district_id = site.district_id AND state.site_id = site.id
        AND state.status = 'active' AND {HOLDS.format(row="state")}
    LEFT JOIN places_siteregion AS placed ON placed.district_id = site.district_id AND placed.site_id = site.id
        AND {HOLDS.format(row="placed")}
    LEFT JOIN places_secondaryrule AS rule ON rule.district_id = site.district_id AND {HOLDS.format(row="rule")}
    WHERE site.district_id = %(district)s AND site.kind = 'school'
        AND CASE WHEN jsonb_array_length(rule.school_types) > 0
            THEN rule.school_types @> to_jsonb(site.school_type)
            ELSE site.lowest_grade <= coalesce(rule.highest_grade, 12)
                AND site.highest_grade >= coalesce(rule.lowest_grade, 7) END
"""  # noqa: S608 - constants only


def held_on(on: dt.date, known_at: dt.datetime | None = None, prefix: str = "") -> Q:
    """Dated rows that hold on `on`, as known at `known_at` (default: as known now).

    `prefix` leads to the dated row from another, e.g. "statuses__". Join one dated table per `filter` call.
    """
    holds = Q(**{f"{prefix}starts_on__lte": on}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": on})
    )
    return holds & known_by(known_at, prefix)


def known_by(known_at: dt.datetime | None, prefix: str = "") -> Q:
    """Dated rows that stood in the books at `known_at`; None asks for those that stand there now."""
    if known_at is None:
        return Q(**{f"{prefix}superseded_at__isnull": True})
    return Q(**{f"{prefix}recorded_at__lte": known_at}) & (
        Q(**{f"{prefix}superseded_at__isnull": True}) | Q(**{f"{prefix}superseded_at__gt": known_at})
    )
