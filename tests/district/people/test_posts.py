"""Posts by date: nobody holds one twice, a correction hides nothing, and any day can be told as it was known then."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from tests.factories import make_actor, make_district, make_person, make_post, make_region, make_site
from tests.moments import AT
from tests.races import DONE, Wait, at_once
from upstander.district.people import selectors, services
from upstander.district.people.content import POSTS, holders_called, post_called, with_parts, words_of_posts
from upstander.district.people.models import Person, Post
from upstander.district.people.services import RosterRow
from upstander.district.places.models import District
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState

AUGUST, DECEMBER = dt.date(2026, 8, 10), dt.date(2026, 12, 1)
LATER = AT + dt.timedelta(days=30)


def roster_job(district: District) -> Actor:
    return job("roster", district.pk, frozenset({"people.load", "people.read"}))


@pytest.mark.django_db
class TestOverlap:
    @pytest.mark.parametrize("place", ["site", "region", "district"])
    def test_the_database_refuses_the_same_post_twice_on_one_day(self, place: str) -> None:
        district = make_district()
        person, actor = make_person(district), roster_job(district)
        places: dict[str, dict[str, Any]] = {
            "site": {"site": make_site(district)},
            "region": {"region": make_region(district)},
            "district": {},
        }
        where = places[place]

        def start(starts_on: dt.date, ends_on: dt.date | None) -> None:
            services.start_post(
                actor=actor, person=person, role="teacher", starts_on=starts_on, ends_on=ends_on, at=AT, **where
            )

        with in_district(district.pk):
            start(AUGUST, DECEMBER)
            start(DECEMBER, None)  # half-open: the day one ends is free for the next
            with pytest.raises(Invalid, match="this very post"):
                start(AUGUST + dt.timedelta(days=5), DECEMBER)
            with pytest.raises(IntegrityError, match="post_"), transaction.atomic():
                make_post(person, "teacher", starts_on=AUGUST + dt.timedelta(days=5), **where)

    def test_two_roles_or_two_sites_at_once_are_two_posts(self) -> None:
        district = make_district()
        person, actor, first, second = (
            make_person(district),
            roster_job(district),
            make_site(district),
            make_site(district),
        )
        with in_district(district.pk):
            for role, site in (("teacher", first), ("site_designee", first), ("teacher", second)):
                services.start_post(actor=actor, person=person, role=role, site=site, starts_on=AUGUST, at=AT)
            assert selectors.posts_of(actor=actor, person=person, on=AUGUST).count() == 3

    def test_a_post_ends_after_it_starts(self) -> None:
        district = make_district()
        person, actor = make_person(district), roster_job(district)
        with in_district(district.pk), pytest.raises(Invalid, match="before the first"):
            services.start_post(actor=actor, person=person, role="teacher", starts_on=AUGUST, ends_on=AUGUST, at=AT)


def test_two_threads_cannot_give_the_same_post(cloned_database: str) -> None:
    district = make_district()
    person, site, actor = make_person(district), make_site(district), roster_job(district)

    def start(wait: Wait) -> None:
        with in_district(district.pk):
            wait()
            services.start_post(actor=actor, person=person, role="teacher", site=site, starts_on=AUGUST, at=AT)

    given, refused = at_once(start, start)
    assert given == DONE and "this very post" in refused


@pytest.mark.django_db
class TestTwoTimes:
    def test_ending_a_post_changes_what_is_known_and_not_what_was_known(self) -> None:
        district = make_district()
        person, site, actor = make_person(district), make_site(district), roster_job(district)
        with in_district(district.pk):
            post = services.start_post(actor=actor, person=person, role="teacher", site=site, starts_on=AUGUST, at=AT)
            services.end_post(actor=actor, post=post, ends_on=DECEMBER, at=LATER)

            def there(on: dt.date, known_at: dt.datetime | None) -> bool:
                return selectors.staff_in_post(actor=actor, site=site, on=on, known_at=known_at).exists()

            assert there(DECEMBER, AT)
            assert not there(DECEMBER, LATER)
            assert not there(DECEMBER, None)
            assert there(AUGUST, None)

    def test_a_correction_moves_the_days_and_leaves_an_event(self) -> None:
        district = make_district()
        person, site, actor = make_person(district), make_site(district), roster_job(district)
        with in_district(district.pk):
            post = services.start_post(actor=actor, person=person, role="teacher", site=site, starts_on=AUGUST, at=AT)
            right = dt.date(2026, 9, 1)
            services.correct_post(actor=actor, post=post, starts_on=right, ends_on=None, at=LATER)
            known = Post.objects.filter(superseded_at=None).values_list("starts_on", "ends_on")
            assert list(known) == [(right, None)]
            assert Post.objects.count() == 2
            assert AuditEvent.objects.filter(event="people.post_corrected").count() == 1

    def test_a_move_ends_the_post_here_and_begins_it_there(self) -> None:
        district = make_district()
        person, actor = make_person(district), roster_job(district)
        here, there = make_site(district), make_site(district)
        with in_district(district.pk):
            post = services.start_post(actor=actor, person=person, role="teacher", site=here, starts_on=AUGUST, at=AT)
            services.move_post(actor=actor, post=post, site=there, on=DECEMBER, at=LATER)
            known = Post.objects.filter(superseded_at=None).order_by("starts_on")
            assert [(row.site_id, row.starts_on, row.ends_on) for row in known] == [
                (here.pk, AUGUST, DECEMBER),
                (there.pk, DECEMBER, None),
            ]
            services.take_back_post(actor=actor, post=known[1], at=LATER)
            assert selectors.posts_of(actor=actor, person=person, on=DECEMBER).count() == 0

    def test_a_post_that_was_changed_meanwhile_is_not_changed_again(self) -> None:
        district = make_district()
        person, actor = make_person(district), roster_job(district)
        with in_district(district.pk):
            post = services.start_post(actor=actor, person=person, role="teacher", starts_on=AUGUST, at=AT)
            services.end_post(actor=actor, post=post, ends_on=DECEMBER, at=LATER)
            with pytest.raises(WrongState):
                services.end_post(actor=actor, post=post, ends_on=DECEMBER, at=LATER)


@pytest.mark.django_db
class TestRoster:
    def row(self, number: str, **more: Any) -> RosterRow:
        values = {"email": "", "language": "en", "role": "teacher", "site_id": None, "region_id": None} | more
        return RosterRow(number, "Éva", "Álvarez", starts_on=AUGUST, **values)

    def test_a_roster_is_entered_whole_with_one_event(self) -> None:
        district = make_district()
        site, actor = make_site(district), roster_job(district)
        rows = [self.row("1", site_id=site.pk), self.row("1", role="site_designee", site_id=site.pk), self.row("2")]
        with in_district(district.pk):
            loaded = services.load_roster(actor=actor, rows=rows, at=AT)
            assert (loaded.people, len(loaded.began), loaded.ended) == (2, 3, [])
            person = selectors.person_by_staff_number(actor=actor, staff_number=" 1 ")
            assert person is not None
            assert person.sort_key == "alvarez eva"
            assert AuditEvent.objects.get(event="people.roster_loaded").data == {"people": 2, "posts": 3, "ended": 0}

    def test_a_staff_number_is_given_once_and_a_roster_knows_who_has_it(self) -> None:
        district = make_district()
        actor = roster_job(district)
        with in_district(district.pk):
            services.hire_person(actor=actor, row=self.row("1"), at=AT)
            with pytest.raises(Invalid, match="this staff number already"):
                services.hire_person(actor=actor, row=self.row("1", role="support"), at=AT)
            loaded = services.load_roster(actor=actor, rows=[self.row("2"), self.row("1", role="support")], at=AT)
            assert (loaded.people, Person.objects.count(), Post.objects.count()) == (1, 2, 3)

    def test_what_a_roster_ends_and_begins_is_taken_back(self) -> None:
        district = make_district()
        actor = roster_job(district)
        with in_district(district.pk):
            held = services.load_roster(actor=actor, rows=[self.row("1")], at=AT).began[0]
            rows = [self.row("1", role="support")]
            loaded = services.load_roster(actor=actor, rows=rows, ends={held: DECEMBER}, at=LATER)
            back: dict[str, Any] = {"began": loaded.began, "ended": {loaded.ended[0]: None}}
            services.take_back_roster(actor=actor, **back, at=LATER)
            known = Post.objects.filter(superseded_at=None).values_list("role", "starts_on", "ends_on")
            assert list(known) == [("teacher", AUGUST, None)]
            with pytest.raises(WrongState, match="changed since"):
                services.take_back_roster(actor=actor, **back, at=LATER)

    @pytest.mark.parametrize(
        ("role", "place"),
        [("site_administrator", {}), ("region_lead", {}), ("volunteer", {"site_id": 1, "region_id": 1})],
    )
    def test_no_post_reaches_further_than_its_place(self, role: str, place: dict[str, int]) -> None:
        district = make_district()
        actor = roster_job(district)
        with in_district(district.pk), pytest.raises(Invalid, match="held at a site"):
            services.load_roster(actor=actor, rows=[self.row("1", role=role, **place)], at=AT)

    @pytest.mark.parametrize("role", ["coordinator", "it_administrator"])
    def test_who_brings_in_staff_names_nobody_to_run_the_programme(self, role: str) -> None:
        district = make_district()
        clerk = make_actor(district)
        with in_district(district.pk):
            assert clerk.has("people.load")
            with pytest.raises(NotAllowed):
                services.hire_person(actor=clerk, row=self.row("1", role=role), at=AT)
            with pytest.raises(NotAllowed):
                services.end_post(actor=clerk, post=Post.objects.get(role="coordinator"), ends_on=DECEMBER, at=AT)
            services.hire_person(actor=make_actor(district, "it_administrator"), row=self.row("1", role=role), at=AT)

    def test_nobody_without_the_capability_enters_anyone(self) -> None:
        district = make_district()
        teacher = make_actor(district, "teacher")
        with in_district(district.pk), pytest.raises(NotAllowed):
            services.load_roster(actor=teacher, rows=[], at=AT)


@pytest.mark.django_db
def test_a_site_administrator_reads_the_staff_of_the_own_site_only() -> None:
    district = make_district()
    own, other = make_site(district), make_site(district)
    actor = make_actor(district, "site_administrator", site=own)
    with in_district(district.pk):
        assert selectors.staff_in_post(actor=actor, site=own, on=AUGUST).count() == 1
        with pytest.raises(NotAllowed):
            selectors.staff_in_post(actor=actor, site=other, on=AUGUST)


def test_every_post_has_its_words_in_both_languages() -> None:
    assert list(POSTS) == Post.Role.values
    assert all(text.en and text.es for words in words_of_posts().values() for text in words)
    folded = [{word.casefold() for text in words for word in (text.en, text.es)} for words in words_of_posts().values()]
    assert sum(map(len, folded)) == len(set.union(*folded)), "a word of a list means one post"
    with override("es"):
        assert (post_called("teacher"), holders_called("region_lead")) == ("Docente", "Responsables de región")


def test_what_is_asked_of_classified_staff_is_asked_of_its_parts() -> None:
    parts = ["driver", "food_service", "front_office"]
    assert with_parts(["teacher", "classified"]) == ["teacher", "classified", *parts]
    assert with_parts(["classified", "driver"]) == ["classified", "driver", "food_service", "front_office"]
    assert (with_parts([]), with_parts(["driver"])) == ([], ["driver"])
