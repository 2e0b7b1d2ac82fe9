"""What each person has to do by when, derived for whole districts in one statement.

There is one such statement. Writing the kept obligations of one person, of everyone, and telling what was known at a
moment long ago all read it, so they cannot disagree. Parameters: district, known_at, everyone, people (ids), until (no
cycle by hire date begins later), subjects, since and till (which completions can count at all), by_grades (an edition
is of secondary schools), asked and cycles (JSON, see `selectors.obligations.derivation`).
"""

from upstander.district.places.policies import HOLDS

KNOWN = "{0}.recorded_at <= %(known_at)s AND ({0}.superseded_at IS NULL OR {0}.superseded_at > %(known_at)s)"
EVERYONE, PEOPLE = "%(everyone)s", "%(people)s"
MEANT = f"({EVERYONE} OR {{0}}.person_id = ANY({PEOPLE}))"

# Stretches in which a site counts as secondary; where no rule holds, grades 7 to 12 do, as in `places.policies`.
SECONDARY = f"""
    SELECT site.id AS site_id, daterange(state.starts_on, state.ends_on) * rule.during AS during
    FROM places_site site
    JOIN places_sitestatus state ON state.district_id = site.district_id AND state.site_id = site.id
        AND state.status = 'active' AND {KNOWN.format("state")}
    JOIN (
        SELECT daterange(held.starts_on, held.ends_on) AS during, held.school_types, held.lowest_grade,
               held.highest_grade
        FROM places_secondaryrule held WHERE held.district_id = %(district)s AND {KNOWN.format("held")}
        UNION ALL
        SELECT unnest(datemultirange(daterange(NULL, NULL))
               - coalesce(range_agg(daterange(held.starts_on, held.ends_on)), datemultirange())), '[]'::jsonb, 7, 12
        FROM places_secondaryrule held WHERE held.district_id = %(district)s AND {KNOWN.format("held")}
    ) rule ON CASE WHEN jsonb_array_length(rule.school_types) > 0
            THEN rule.school_types @> to_jsonb(site.school_type)
            ELSE site.lowest_grade <= rule.highest_grade AND site.highest_grade >= rule.lowest_grade END
        AND daterange(state.starts_on, state.ends_on) && rule.during
    WHERE site.district_id = %(district)s AND site.kind = 'school'
"""  # noqa: S608 - constants only

# Which posts bind their holders, to which requirement, when; by audience, so that only what is asked is put together.
DAYS = "daterange(post.starts_on, post.ends_on)"
BIND = f"""
    SELECT asked.requirement_id, asked.break_days, post.person_id, {{from_on}} AS from_on, {{until_on}} AS until_on
    FROM people_post post
    JOIN asked ON asked.audience = '{{audience}}' AND (cardinality(asked.roles) = 0 OR post.role = ANY(asked.roles))
    {{sites}}
    WHERE post.district_id = %(district)s AND {KNOWN.format("post")} AND {MEANT.format("post")}"""  # noqa: S608
WORK_SITES = "JOIN places_site site ON site.id = post.site_id AND site.kind <> 'school'"
BINDS = {
    "all_staff": BIND.format(audience="all_staff", from_on="post.starts_on", until_on="post.ends_on", sites=""),
    "work_site_staff": BIND.format(
        audience="work_site_staff",
        from_on="post.starts_on",
        until_on="post.ends_on",
        sites=WORK_SITES,
    ),
    "secondary_staff": BIND.format(
        audience="secondary_staff",
        from_on="greatest(post.starts_on, lower(secondary.during))",
        until_on="least(post.ends_on, upper(secondary.during))",
        sites=f"JOIN ({SECONDARY}) secondary ON secondary.site_id = post.site_id AND {DAYS} && secondary.during",
    ),
}
# The limits take nothing away: of JSON the database would expect a hundred rows, and plan for them.
ASKED = """
    asked AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(asked)s::jsonb) AS given (
            requirement_id bigint, audience text, roles text[], cadence text, every_months int, grace_days int,
            opens_days int, break_days int, subjects text[], proofs text[], content_version text,
            first_on date, until_on date, cut_on date, is_fresh boolean, opens date[], closes date[])
        LIMIT %(edition_count)s
    )"""
GIVEN = """
    given AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(cycles)s::jsonb) AS given (
            requirement_id bigint, grace_days int, turn int, opens_on date, closes_on date, floor_on date,
            cycle_on date)
        LIMIT %(cycle_count)s
    )"""
# Parameter: on. The posts that bind on one day, told edition by edition and by plain comparisons, so that the database
# knows what it will find: with a range for each of seventy thousand posts, or editions in a list, it takes far longer.
BOUND_BY = f"""
    SELECT %({{edition}})s::bigint AS requirement_id, post.person_id, post.site_id, post.role
    FROM people_post post {{sites}}
    WHERE post.district_id = %(district)s AND {HOLDS.format(row="post")}
        AND (cardinality(%({{roles}})s::text[]) = 0 OR post.role = ANY(%({{roles}})s::text[]))"""  # noqa: S608
BOUND_SITES = {
    "all_staff": "",
    "work_site_staff": WORK_SITES,
    "secondary_staff": f"JOIN ({SECONDARY}) secondary ON secondary.site_id = post.site_id"
    " AND secondary.during @> %(on)s",
}
BOUND_BY_NOBODY = """
    SELECT NULL::bigint AS requirement_id, NULL::bigint AS person_id, NULL::bigint AS site_id, '' AS role WHERE false"""
# Where one day is asked about, only the stretches around it.
ON_DAY = "WHERE from_on <= %(on)s AND (until_on IS NULL OR until_on > %(on)s)"

# Where a requirement's cycles come from: the calendar's are given, those by hire date are each person's own.
TURNS = {
    "calendar": """
        SELECT told.requirement_id, person_id, from_on, until_on, has_leave, grace_days, opens_on, closes_on, floor_on,
            cycle_on, days[turn]
        FROM (SELECT spell.*, done.days FROM spell LEFT JOIN done USING (requirement_id, person_id) OFFSET 0) told
        JOIN given ON given.requirement_id = told.requirement_id""",
    "hire_date": """
        SELECT requirement_id, person_id, from_on, until_on, has_leave, grace_days, turn_on - opens_days,
            least(next_on - opens_days, cut_on), CASE WHEN turn_on < first_on THEN first_on END,
            greatest(turn_on, first_on), NULL::date
        FROM (
            SELECT spell.*, asked.first_on, asked.until_on AS last_on, asked.cut_on, asked.is_fresh, asked.grace_days,
                asked.opens_days,
                (spell.from_on + make_interval(months => every_months * turn))::date AS turn_on,
                (spell.from_on + make_interval(months => every_months * (turn + 1)))::date AS next_on
            FROM spell JOIN asked ON asked.requirement_id = spell.requirement_id AND asked.cadence = 'hire_date'
            CROSS JOIN LATERAL generate_series(0, (%(until)s - spell.from_on) / (28 * every_months)) turn
            OFFSET 0
        ) turns
        WHERE turn_on <= %(until)s AND (last_on IS NULL OR turn_on < last_on)
            AND (turn_on >= first_on OR (is_fresh AND next_on > first_on))""",
}
# What a completion has to be, to count at all: of which training, proved how, from which edition of the content. It is
# held against a row, as here, or (`selectors.requirements.held_against`) against the values of one requirement.
ACCEPTED = """c.subject = ANY({0}subjects{1}) AND (cardinality({0}proofs{1}) = 0 OR c.evidence_kind = ANY({0}proofs{1}))
        AND {0}content_version{2} IN ('', c.content_version)"""
ACCEPTED_BY_ROW = ACCEPTED.format("asked.", "", "")
ACCEPTED_BY_VALUES = ACCEPTED.format("%(", ")s::text[]", ")s")
# A completion counts for the cycle that is open on its day; which of the calendar's that is follows from the day alone.
COUNTED = f"""
    compliance_completion c
    JOIN asked ON {ACCEPTED_BY_ROW} AND asked.cadence {{cadence}} 'hire_date'
    {{turns}}
    WHERE c.district_id = %(district)s AND {MEANT.format("c")} AND c.recorded_at <= %(known_at)s
        AND c.subject = ANY(%(subjects)s) AND c.completed_on BETWEEN %(since)s AND %(till)s
        AND NOT EXISTS (SELECT FROM compliance_retraction x WHERE x.district_id = c.district_id
            AND x.completion_id = c.id AND x.recorded_at <= %(known_at)s)"""
OWN_TURNS = """JOIN duty ON duty.requirement_id = asked.requirement_id AND duty.person_id = c.person_id
        AND c.completed_on >= opens_on AND (closes_on IS NULL OR c.completed_on < closes_on)"""
# Of the calendar's cycles the first day of each stands in one row a person, so that nothing is joined cycle by cycle.
DONE = f"""
    done AS (
        SELECT requirement_id, person_id, ARRAY[{{firsts}}] AS days
        FROM (
            SELECT asked.requirement_id, asked.closes, c.person_id, c.completed_on,
                width_bucket(c.completed_on, asked.opens) AS turn
            FROM {COUNTED.format(cadence="<>", turns="")} OFFSET 0
        ) counted WHERE turn > 0 AND (closes[turn] IS NULL OR completed_on < closes[turn])
        GROUP BY requirement_id, person_id
    )"""  # noqa: S608 - constants only
FIRST, NO_DAY = "min(completed_on) FILTER (WHERE turn = {})", "NULL::date"
FULFILLED = {
    "calendar": "timed",
    "hire_date": f"""(
        SELECT timed.*, counted.first_on FROM timed LEFT JOIN (
            SELECT duty.requirement_id, duty.person_id, duty.cycle_on, min(c.completed_on) AS first_on
            FROM {COUNTED.format(cadence="=", turns=OWN_TURNS)}
            GROUP BY duty.requirement_id, duty.person_id, duty.cycle_on
        ) counted USING (requirement_id, person_id, cycle_on)
    ) timed""",  # noqa: S608
}

# Most people have one post, whose days are the stretch; only of the others are days put together and gaps bridged.
# The clock stands still while a person is away. A leave holds it when it begins before the days of grace are used up:
# the days counted before it are those since the clock began, less earlier leaves. Days stand apart and not as ranges,
# which take several times as long to make and to read.
OBLIGATIONS = f"""{ASKED}, {GIVEN}, {DONE},
    binding AS MATERIALIZED ({{binds}}),
    stretch AS MATERIALIZED (
        SELECT requirement_id, person_id, break_days, count(*) AS posts, min(from_on) AS from_on,
            max(coalesce(until_on, 'infinity')) AS until_on
        FROM binding GROUP BY requirement_id, person_id, break_days
    ),
    away AS MATERIALIZED (
        SELECT person_id, unnest(range_agg(daterange(leave.starts_on, leave.ends_on))) AS during
        FROM people_leave leave
        WHERE leave.district_id = %(district)s AND {KNOWN.format("leave")} AND {MEANT.format("leave")}
        GROUP BY person_id
    ),
    spell AS MATERIALIZED (
        SELECT requirement_id, person_id, from_on, until_on, person_id IN (SELECT person_id FROM away) AS has_leave
        FROM (
            SELECT requirement_id, person_id, from_on, nullif(until_on, 'infinity') AS until_on
            FROM stretch WHERE posts = 1
            UNION ALL
            SELECT requirement_id, person_id, lower(bridged), upper(bridged) - break_days
            FROM (
                SELECT requirement_id, person_id, break_days,
                    unnest(range_agg(daterange(binding.from_on, binding.until_on + break_days))) AS bridged
                FROM binding JOIN stretch USING (requirement_id, person_id, break_days) WHERE posts > 1
                GROUP BY requirement_id, person_id, break_days
            ) several
        ) each {{on_day}}
    ),
    cycle (requirement_id, person_id, from_on, until_on, has_leave, grace_days, opens_on, closes_on, floor_on, cycle_on,
        done_on) AS ({{turns}}),
    duty AS MATERIALIZED (
        SELECT requirement_id, person_id, grace_days, opens_on, closes_on, cycle_on,
            greatest(opens_on, floor_on, from_on) AS starts_on, least(closes_on, until_on) AS ends_on,
            greatest(cycle_on, from_on) AS begins_on, done_on, has_leave
        FROM cycle
        WHERE (until_on IS NULL OR until_on > greatest(cycle_on, from_on))
            AND (closes_on IS NULL OR closes_on > greatest(opens_on, floor_on, from_on))
    ),
    paused AS (SELECT * FROM duty WHERE has_leave),
    held AS (
        SELECT requirement_id, person_id, starts_on, bool_or(back_on IS NULL) AS is_open, sum(back_on - gone_on) AS days
        FROM (
            SELECT requirement_id, person_id, grace_days, starts_on, begins_on, gone_on, back_on, coalesce(
                sum(back_on - gone_on) OVER (PARTITION BY requirement_id, person_id, starts_on ORDER BY gone_on
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
            FROM (
                SELECT requirement_id, paused.person_id, grace_days, starts_on, begins_on, upper(during) AS back_on,
                    greatest(lower(during), begins_on) AS gone_on
                FROM paused JOIN away ON away.person_id = paused.person_id
                    AND (upper(during) IS NULL OR upper(during) > begins_on)
            ) leaves
        ) counted_leaves
        WHERE gone_on - begins_on - before <= grace_days
        GROUP BY requirement_id, person_id, starts_on
    ),
    timed AS (
        SELECT requirement_id, person_id, cycle_on, starts_on, ends_on, begins_on, done_on,
            begins_on + grace_days AS due_on
        FROM duty WHERE NOT has_leave
        UNION ALL
        SELECT requirement_id, person_id, cycle_on, starts_on, ends_on, begins_on, done_on,
            CASE WHEN held.is_open THEN NULL ELSE begins_on + grace_days + coalesce(held.days, 0)::int END
        FROM paused LEFT JOIN held USING (requirement_id, person_id, starts_on)
    ),
    derived AS (
        SELECT requirement_id, person_id, cycle_on, starts_on, ends_on, begins_on, due_on,
            {{fulfilled_on}} AS fulfilled_on
        FROM {{fulfilled}}
    )"""  # noqa: S608 - constants only

# The state on a day. Parameter: on. Needs rows `duty` (as above) and `is_away`.
STATE = """
    CASE WHEN duty.fulfilled_on <= %(on)s THEN 'done' WHEN is_away THEN 'excused'
        WHEN duty.due_on < %(on)s THEN 'overdue' WHEN duty.begins_on > duty.cycle_on THEN 'grace' ELSE 'due' END"""
