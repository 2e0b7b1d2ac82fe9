"""A site's head certifies once a school year; what was counted then is kept; a correction is a new row."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.factories import make_actor, make_district, make_site
from tests.moments import AT, TODAY
from tests.program.compliance.obligations_again import Books
from tests.program.compliance.test_obligations import DAY, LAW, hand, yearly
from tests.program.compliance.test_requirements import END, FIRST
from tests.program.compliance.world import clerk, moment, terms
from tests.web.coverage.visits import school
from upstander.district.places.models import District, Site
from upstander.district.places.services import add_school_year
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed, WrongState
from upstander.program.compliance.models import Requirement, SiteCertification
from upstander.program.compliance.selectors.certifications import certifications, site_standing, standing_told
from upstander.program.compliance.services import (
    Entry,
    certify_site,
    recompute_obligations,
    record_completions,
    set_requirement,
)

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=1)


@pytest.fixture
def district() -> District:
    made = make_district()
    with in_district(made.pk):
        add_school_year(actor=hand(made), name="2026-27", starts_on=FIRST, ends_on=END, at=AT)
        set_requirement(actor=hand(made), terms=yearly(also_counts=[]), starts_on=FIRST, at=moment(FIRST))
        set_requirement(actor=clerk(made), terms=terms(), starts_on=FIRST, at=moment(FIRST))
    return made


@pytest.fixture
def site(district: District) -> Site:
    """Five of staff: four trained in the one, one of them in the other too; the fifth is its head."""
    made = school(district, "Alder High", staff=4, trained=4)
    with in_district(district.pk):
        first = made.post_set.order_by("pk").first()
        assert first
        entry = Entry(first.person_id, LAW, DAY("2026-09-01"), "import", "list", DAY("2027-09-01"))
        record_completions(actor=hand(district), entries=[entry], at=AT)
        recompute_obligations(actor=hand(district), at=AT)  # the factory's posts tell nobody
    return made


@pytest.fixture
def head(district: District, site: Site) -> Actor:
    made = make_actor(district, "site_administrator", site=site)
    with in_district(district.pk):
        recompute_obligations(actor=hand(district), at=AT)
    return made


def test_the_standing_agrees_with_a_second_count(district: District, site: Site, head: Actor) -> None:
    make_site(district, "Elsewhere")
    with in_district(district.pk):
        awareness, law = site_standing(actor=head, site=site, on=TODAY, known_at=AT)
        books, (rule,) = Books(AT), Requirement.objects.filter(subject=LAW)
        people = {post.person_id for post in site.post_set.all()}
        states = [state[0] for person in people if (state := books.state(rule, person, TODAY))]
    assert (awareness.done, awareness.staff, awareness.is_trained) == (4, len(people), True)
    assert (law.done, law.overdue, law.due, law.away) == (states.count("done"), states.count("overdue"), 0, 0)
    assert law.staff == len(states) == 5
    assert (law.title("es"), law.title("en")) == ("title es", "title en")


def test_once_a_school_year_with_what_was_counted(district: District, site: Site, head: Actor) -> None:
    with in_district(district.pk):
        row = certify_site(actor=head, site=site, today=TODAY, at=AT)
        counted = standing_told(row)
        assert counted == site_standing(actor=head, site=site, on=TODAY, known_at=AT)
        with pytest.raises(WrongState):
            certify_site(actor=head, site=site, today=TODAY, at=AT)
        fifth = Entry(head.person_id or 0, LAW, TODAY, "import", "list", DAY("2027-09-01"))
        record_completions(actor=hand(district), entries=[fifth], at=LATER)
        again = certify_site(actor=head, site=site, today=LATER.date(), at=LATER, replaces=row.ref)
        assert standing_told(SiteCertification.objects.get(pk=row.pk)) == counted
        assert standing_told(again)[1].done == counted[1].done + 1
        with pytest.raises(WrongState):  # the page was open since before
            certify_site(actor=head, site=site, today=LATER.date(), at=LATER, replaces=row.ref)
        told = [event.data["replaces"] for event in AuditEvent.objects.filter(event="compliance.site_certified")]
        assert sorted(told) == ["", row.ref]
        year, lines = certifications(actor=clerk(district), on=TODAY)
        assert year and [line.certification for line in lines] == [again]


def test_the_list_shows_who_has_not(district: District, site: Site, head: Actor) -> None:
    others = [make_site(district, name) for name in ("Bay High", "Cedar High")]
    with in_district(district.pk):
        certify_site(actor=head, site=site, today=TODAY, at=AT)
        _year, lines = certifications(actor=clerk(district), on=TODAY)
        assert [(line.site, line.certification is not None) for line in lines] == [
            (others[0], False),
            (others[1], False),
            (site, True),
        ]
        assert [line.site for line in certifications(actor=head, on=TODAY)[1]] == [site]
        assert certifications(actor=clerk(district), on=DAY("2027-07-01"))[0] is None


def test_what_cannot_be_certified(district: District, site: Site, head: Actor) -> None:
    other = make_site(district, "Bay High")
    with in_district(district.pk):
        for actor, place in ((head, other), (clerk(district), site), (replace(head, person_id=None), site)):
            with pytest.raises(NotAllowed):
                certify_site(actor=actor, site=place, today=TODAY, at=AT)
        for day in (DAY("2027-07-01"), DAY("2025-01-01")):
            with pytest.raises(WrongState):
                certify_site(actor=head, site=site, today=day, at=AT)
        assert not SiteCertification.objects.exists()
