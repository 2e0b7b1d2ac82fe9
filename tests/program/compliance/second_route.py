"""Coverage counted again, in plain Python over all rows, sharing nothing with the product's statement."""

import datetime as dt
from typing import Any

from upstander.district.people.models import Post
from upstander.district.places.models import SecondaryRule, Site, SiteRegion, SiteStatus
from upstander.program.compliance.models import Completion, Requirement, Retraction

PARTS = {"driver": "classified", "food_service": "classified", "front_office": "classified"}
Counts = tuple[int, int, bool]  # staff, trained staff, is the school trained


def in_force(row: Any, on: dt.date, known_at: dt.datetime) -> bool:
    if row.recorded_at > known_at or (row.superseded_at and row.superseded_at <= known_at):
        return False
    return bool(row.starts_on <= on and (row.ends_on is None or on < row.ends_on))


def whole_of(role: str) -> set[str]:
    """The role, and the one it is a part of."""
    return {role, PARTS.get(role, role)}


def asked_then(subject: str, on: dt.date, known_at: dt.datetime) -> Requirement | None:
    found = [row for row in Requirement.objects.filter(subject=subject) if in_force(row, on, known_at)]
    return found[0] if found else None


def secondary_sites(on: dt.date, known_at: dt.datetime) -> list[Site]:
    rules = [rule for rule in SecondaryRule.objects.all() if in_force(rule, on, known_at)]
    lowest, highest = (rules[0].lowest_grade, rules[0].highest_grade) if rules else (7, 12)
    active = {s.site_id for s in SiteStatus.objects.filter(status="active") if in_force(s, on, known_at)}
    found = []
    for site in Site.objects.filter(kind="school", pk__in=active):
        if site.lowest_grade is None or site.highest_grade is None:
            continue
        if set(range(site.lowest_grade, site.highest_grade + 1)) & set(range(lowest, highest + 1)):
            found.append(site)
    return found


def trained_people(asked: Requirement, on: dt.date, known_at: dt.datetime) -> set[int]:
    taken_back = {r.completion_id for r in Retraction.objects.all() if r.recorded_at <= known_at}
    known = [row for row in Completion.objects.all() if row.pk not in taken_back and row.recorded_at <= known_at]
    return {row.person_id for row in known if row.completed_on <= on < row.expires_on and is_accepted(asked, row)}


def is_accepted(asked: Requirement, row: Completion) -> bool:
    if row.subject != asked.subject and row.subject not in asked.also_counts:
        return False
    if asked.proofs and row.evidence_kind not in asked.proofs:
        return False
    return not asked.content_version or row.content_version == asked.content_version


def coverage_again(subject: str, on: dt.date, known_at: dt.datetime) -> dict[str, Counts] | None:
    """Site ref -> counts for every secondary school of the day; None when nothing was asked that day."""
    asked = asked_then(subject, on, known_at)
    if asked is None:
        return None
    trained = trained_people(asked, on, known_at)
    posts = [
        post
        for post in Post.objects.all()
        if in_force(post, on, known_at) and (not asked.roles or whole_of(post.role) & {*asked.roles})
    ]
    found = {}
    for site in secondary_sites(on, known_at):
        staff = {post.person_id for post in posts if post.site_id == site.pk}
        done = staff & trained
        found[site.ref] = (
            len(staff),
            len(done),
            bool(staff) and len(done) / len(staff) >= asked.threshold_percent / 100,
        )
    return found


def roles_again(subject: str, on: dt.date, known_at: dt.datetime) -> dict[str, tuple[int, int]]:
    """Role -> staff and trained staff at secondary schools that day; roles that nobody holds are left out."""
    asked = asked_then(subject, on, known_at)
    if asked is None:
        return {}
    schools = {site.pk for site in secondary_sites(on, known_at)}
    trained = trained_people(asked, on, known_at)
    people: dict[str, set[int]] = {}
    for post in Post.objects.filter(site_id__in=schools):
        if in_force(post, on, known_at) and (not asked.roles or whole_of(post.role) & {*asked.roles}):
            people.setdefault(post.role, set()).add(post.person_id)
    return {role: (len(held), len(held & trained)) for role, held in people.items()}


def region_names(on: dt.date, known_at: dt.datetime) -> dict[str, str]:
    """Site ref -> name of its region that day, "" when it was in none."""
    held = [row for row in SiteRegion.objects.select_related("site", "region") if in_force(row, on, known_at)]
    return {row.site.ref: row.region.name for row in held}
