"""Requirements set from a page: previewed without a trace, dated, ended with a reason; due days follow by a job."""

import datetime as dt
from typing import Any

import pytest

from tests.factories import make_district, make_person, make_post
from tests.moments import AT, TODAY
from tests.program.compliance.test_obligations import DAY, LAW, YEARS, hand, yearly
from tests.program.compliance.world import moment, terms
from tests.web.coverage.visits import school
from upstander.district.people.models import Post
from upstander.district.places.models import District
from upstander.district.places.services import add_school_year
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound
from upstander.jobs.recounts import count_again
from upstander.program.compliance.models import Completion, Obligation, Recount, Requirement
from upstander.program.compliance.selectors.reach import Reach, recount_running
from upstander.program.compliance.services import (
    Entry,
    count_part,
    end_requirement,
    preview_requirement,
    recompute_obligations,
    record_completions,
    set_requirement,
)

pytestmark = pytest.mark.django_db
FIRST, END = DAY("2026-08-10"), DAY("2027-06-05")


@pytest.fixture
def district() -> District:
    """Twelve people, of whom five have done it in this school year."""
    made = make_district()
    people = [make_person(made) for _ in range(12)]
    for person in people:
        make_post(person)
    with in_district(made.pk):
        add_school_year(actor=hand(made), name="2026-27", starts_on=FIRST, ends_on=END, at=AT)
        far = dt.date(2027, 9, 1)
        entries = [Entry(person.pk, LAW, DAY("2026-09-01"), "import", "list", far) for person in people[:5]]
        record_completions(actor=hand(made), entries=entries, at=AT)
    return made


def events(name: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=f"compliance.{name}").order_by("pk"))


def test_a_preview_counts_as_it_would_be_and_leaves_nothing(district: District) -> None:
    with in_district(district.pk):
        asked: dict[str, Any] = {"actor": hand(district), "terms": yearly(), "today": TODAY, "at": AT}
        assert preview_requirement(starts_on=FIRST, **asked) == Reach(TODAY, 12, 5, 0)
        ahead = preview_requirement(starts_on=DAY("2027-07-01"), **asked)
        assert (ahead.on, ahead.person_count) == (DAY("2027-07-01"), 0)  # no school year is known by then
        assert not Requirement.objects.exists() and not Obligation.objects.exists() and not events("requirement_set")
        with pytest.raises(Invalid):
            set_requirement(actor=hand(district), terms=yearly(), starts_on=FIRST, ends_on=FIRST, at=AT)


def test_a_preview_of_what_has_no_due_days_counts_the_schools_staff() -> None:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=hand(district), terms=terms(), starts_on=DAY("2026-07-01"), at=moment(DAY("2026-07-01")))
    school(district, "Alder High", staff=4, trained=3)
    with in_district(district.pk):
        changed = terms(threshold_percent=50)
        asked: dict[str, Any] = {"actor": hand(district), "terms": changed, "starts_on": TODAY, "today": TODAY}
        assert preview_requirement(at=AT + dt.timedelta(hours=1), **asked) == Reach(TODAY, 4, 3, 0)


@pytest.mark.parametrize(
    ("more", "reached"),
    [
        ({}, (4, 3)),
        ({"roles": ["support"]}, (0, 0)),
        ({"roles": ["teacher"]}, (4, 3)),
        ({"proofs": ["session"]}, (4, 0)),
        ({"content_version": "2025"}, (4, 0)),
        ({"also_counts": ["another"]}, (4, 4)),
    ],
)
def test_a_preview_without_due_days_heeds_all_that_was_set(more: dict[str, Any], reached: tuple[int, int]) -> None:
    district = make_district()
    with in_district(district.pk):
        set_requirement(actor=hand(district), terms=terms(), starts_on=DAY("2026-07-01"), at=moment(DAY("2026-07-01")))
    site = school(district, "Alder High", staff=4, trained=3)
    with in_district(district.pk):
        done = Completion.objects.values("person_id")
        last = Post.objects.filter(site=site).exclude(person_id__in=done).get()
        other = Entry(last.person_id, "another", TODAY, "import", "list", DAY("2027-07-01"))
        record_completions(actor=hand(district), entries=[other], at=AT)
        asked: dict[str, Any] = {"terms": terms(**more), "starts_on": TODAY, "today": TODAY}
        found = preview_requirement(actor=hand(district), at=AT + dt.timedelta(hours=1), **asked)
    assert (found.person_count, found.done_count) == reached


@pytest.mark.parametrize("audience", ["all_staff", "work_site_staff"])
def test_what_no_board_would_count_is_refused_at_its_field(audience: str) -> None:
    district = make_district()
    with in_district(district.pk), pytest.raises(Invalid) as refused:
        set_requirement(actor=hand(district), terms=terms(audience=audience), starts_on=FIRST, at=AT)
    assert refused.value.field == "audience"


def test_the_job_counts_part_by_part_and_a_killed_one_goes_on_where_it_was(district: District) -> None:
    actor = hand(district)
    with in_district(district.pk):
        set_requirement(actor=actor, terms=yearly(), starts_on=FIRST, at=AT, by_job=True)
        run = Recount.objects.get()
        assert (run.person_count, run.counted, Obligation.objects.count()) == (12, 0, 0)
        assert recount_running(actor=actor) == run
        assert count_part(actor=actor, ref=run.ref, at=AT, most=5)
        run.refresh_from_db()
        assert (run.counted, Obligation.objects.count(), run.ended_at) == (5, 5, None)
    for _ in range(2):  # the second time, as after a job that was killed at its very end
        count_again(district_id=district.pk, ref=run.ref)
    with in_district(district.pk):
        run.refresh_from_db()
        assert run.counted == 12 and run.ended_at and recount_running(actor=actor) is None
        assert [event.data for event in events("recounted")] == [{"count": 12}]
        assert recompute_obligations(actor=actor, at=AT) == (12, 0)
        with pytest.raises(NotFound):
            count_part(actor=actor, ref="0" * 12, at=AT)


def test_an_end_has_its_reason_and_what_was_before_stays(district: District) -> None:
    actor = hand(district)
    with in_district(district.pk):
        row = set_requirement(actor=actor, terms=yearly(), starts_on=YEARS[0][0], at=AT)
        for day in (row.starts_on, row.starts_on - dt.timedelta(days=1)):
            with pytest.raises(Invalid):
                end_requirement(actor=actor, ref=row.ref, ends_on=day, reason="ended", at=AT)
        last = DAY("2026-12-01")
        ended = end_requirement(actor=actor, ref=row.ref, ends_on=last, reason="law_changed", at=AT, by_job=True)
        row.refresh_from_db()
        assert (row.superseded_at, ended.ends_on, ended.reason, ended.recorded_by) == (AT, last, "law_changed", "test")
        assert events("requirement_ended")[0].data == {
            "training": LAW,
            "ends_on": "2026-12-01",
            "reason": "law_changed",
        }
        count_part(actor=actor, ref=Recount.objects.get().ref, at=AT)
        assert set(Obligation.objects.filter(cycle_on=FIRST).values_list("ends_on", flat=True)) == {last}
        with pytest.raises(NotFound):
            end_requirement(actor=actor, ref=row.ref, ends_on=last, reason="ended", at=AT)
