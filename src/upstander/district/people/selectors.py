"""Reading people and their posts."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from upstander.district.accounts.models import Account
from upstander.district.people.models import Leave, Person, Post
from upstander.district.places.models import Region, Site
from upstander.district.places.policies import held_on
from upstander.district.places.selectors import place_of
from upstander.foundation.kernel.access import Place, require
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.foundation.kernel.text import sort_key


def staff_in_post(
    *,
    actor: Actor,
    site: Site,
    on: dt.date,
    known_at: dt.datetime | None = None,
    capability: str = "people.read",
) -> QuerySet[Person]:
    """Everyone with a post at the site on a day, once each, by name. Raises NotAllowed without `capability` there.

    `policies.STAFF_IN_POST` is the same for all sites at once, for coverage.
    """
    require(actor, capability, place_of(actor=actor, site=site, on=on))
    return _people(Post.objects.filter(held_on(on, known_at), district_id=actor.district_id, site=site))


def site_posts(*, actor: Actor, on: dt.date) -> list[tuple[int, int | None]]:
    """The ids (person, site) of every post held in the district on a day. Needs `people.read` in the whole district."""
    require(actor, "people.read", Place(actor.district_id))
    held = Post.objects.filter(held_on(on), district_id=actor.district_id)
    return list(held.order_by("person_id", "site_id").values_list("person_id", "site_id"))


def posts_of(*, actor: Actor, person: Person, on: dt.date, known_at: dt.datetime | None = None) -> QuerySet[Post]:
    """What a person does where on a day."""
    posts = Post.objects.filter(held_on(on, known_at), district_id=actor.district_id, person=person)
    return posts.select_related("site", "region").order_by("role", "id")


def posts_ever_of(*, actor: Actor, person: Person) -> list[Post]:
    """Every post a person holds, held, will hold or was believed to, the latest first. Needs `people.amend`."""
    require(actor, "people.amend", Place(actor.district_id))
    posts = Post.objects.filter(district_id=actor.district_id, person=person).select_related("site", "region")
    return list(posts.order_by("-starts_on", "-recorded_at", "id"))


def posts_known(*, actor: Actor) -> QuerySet[Post]:
    """Every post of the district as known now, over or to come ones too, by person. Needs `people.load` everywhere."""
    require(actor, "people.load", Place(actor.district_id))
    posts = Post.objects.filter(district_id=actor.district_id, superseded_at__isnull=True)
    return posts.select_related("person", "site", "region").order_by("person_id", "starts_on", "id")


def people_in_role(
    *,
    actor: Actor,
    role: str,
    on: dt.date,
    site: Site | None = None,
    region: Region | None = None,
) -> QuerySet[Person]:
    """Who holds a role on a day, by name: in the district, or narrowed to one site or one region."""
    posts = Post.objects.filter(held_on(on), district_id=actor.district_id, role=role)
    if site is not None:
        posts = posts.filter(site=site)
    if region is not None:
        posts = posts.filter(region=region)
    return _people(posts)


def leads_and_deputies(*, actor: Actor, on: dt.date) -> dict[int, tuple[Person | None, Person | None]]:
    """By region's id who leads it on a day and who stands in; None where the post is vacant. One query for them all."""
    lead, deputy = Post.Role.REGION_LEAD, Post.Role.REGION_DEPUTY
    posts = Post.objects.filter(held_on(on), district_id=actor.district_id, role__in=(lead, deputy))
    found: dict[tuple[int | None, str], Person] = {}
    for post in posts.select_related("person").order_by("person__sort_key", "person_id"):
        found.setdefault((post.region_id, post.role), post.person)
    return {region: (found.get((region, lead)), found.get((region, deputy))) for region, _role in found if region}


def lead_and_deputy(*, actor: Actor, region: Region, on: dt.date) -> tuple[Person | None, Person | None]:
    """Who leads the region on a day and who stands in; None where the post is vacant."""
    return leads_and_deputies(actor=actor, on=on).get(region.pk, (None, None))


def site_administrators(*, actor: Actor, site: Site, on: dt.date) -> QuerySet[Person]:
    """Who answers for the site on a day: its administrators and designees, by name."""
    roles = (Post.Role.SITE_ADMINISTRATOR, Post.Role.SITE_DESIGNEE)
    return _people(Post.objects.filter(held_on(on), district_id=actor.district_id, site=site, role__in=roles))


def person_by_staff_number(*, actor: Actor, staff_number: str) -> Person | None:
    """Whose number this is, or None. Services match with it; no page may tell a visitor whether it found anyone."""
    return Person.objects.filter(district_id=actor.district_id, staff_number=staff_number.strip()).first()


def person_by_ref(*, actor: Actor, ref: str, capability: str) -> Person:
    """One person of the district. Needs `capability` in all of it; raises NotFound."""
    require(actor, capability, Place(actor.district_id))
    person = Person.objects.filter(district_id=actor.district_id, ref=ref).first()
    if person is None:
        raise NotFound(ref)
    return person


def find_people(*, actor: Actor, text: str, capability: str, most: int = 25) -> list[Person]:
    """People by their staff number, or by how their family name begins. Needs `capability` in the whole district."""
    require(actor, capability, Place(actor.district_id))
    wanted = text.strip()
    if not wanted:
        return []
    found = Person.objects.filter(Q(staff_number=wanted) | Q(sort_key__startswith=sort_key(wanted)))
    return list(found.filter(district_id=actor.district_id).order_by("sort_key", "id")[:most])


def leaves_of(*, actor: Actor, person: Person) -> list[Leave]:
    """A person's leaves as known now, newest first. Needs `people.amend` in the whole district."""
    require(actor, "people.amend", Place(actor.district_id))
    return list(Leave.objects.filter(person=person, superseded_at__isnull=True).order_by("-starts_on"))


def leaves_on(*, actor: Actor, on: dt.date) -> QuerySet[Leave]:
    """Leaves that hold on a day or begin later, as known now, by name. Needs `people.amend` in the whole district."""
    require(actor, "people.amend", Place(actor.district_id))
    rows = Leave.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), superseded_at__isnull=True)
    rows = rows.filter(district_id=actor.district_id).select_related("person")
    return rows.order_by("person__sort_key", "person_id", "starts_on")


def accounts_away(*, actor: Actor, on: dt.date) -> set[int]:
    """Ids of the accounts whose people are on leave that day, so that what cannot wait goes to somebody else."""
    rows = Leave.objects.filter(held_on(on), district_id=actor.district_id, person__account__isnull=False)
    return set(rows.values_list("person__account_id", flat=True))


def leaves_known(*, actor: Actor) -> list[tuple[str, int, dt.date, dt.date | None]]:
    """Ref, person's id, first day and day back of every leave as known now. Needs `people.amend` everywhere."""
    require(actor, "people.amend", Place(actor.district_id))
    rows = Leave.objects.filter(district_id=actor.district_id, superseded_at__isnull=True).order_by("starts_on", "id")
    return list(rows.values_list("ref", "person_id", "starts_on", "ends_on"))


def everyone(*, actor: Actor, capability: str) -> list[tuple[int, str, str, str]]:
    """Id, ref, staff number and name of everybody ever on record, for matching lists. Needs `capability` everywhere."""
    require(actor, capability, Place(actor.district_id))
    people = Person.objects.filter(district_id=actor.district_id).order_by("sort_key", "id")
    rows = people.values_list("pk", "ref", "staff_number", "given_name", "family_name")
    return [(pk, ref, number, f"{given} {family}".strip()) for pk, ref, number, given, family in rows]


def languages_of(*, actor: Actor, accounts: Iterable[Account]) -> dict[int, str]:
    """By account's id the language in which its person wants mail; nothing of who is on no record. One query."""
    people = Person.objects.filter(district_id=actor.district_id, account__in=list(accounts))
    return dict(people.values_list("account_id", "language"))


def _people(posts: QuerySet[Post]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=posts.values("person_id")).order_by("sort_key", "id")
