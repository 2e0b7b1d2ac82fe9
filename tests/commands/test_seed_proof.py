"""The demo's year is half done: a list brought in, a school certified, a pack made, reminders out, one left to tell."""

import pytest
from tests.moments import TODAY

from upstander.commands.demo.content import seed_actor
from upstander.commands.demo.people import ALDER, NORTH
from upstander.district.people.models import Person
from upstander.district.places.selectors import district_by_key
from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.db import in_district
from upstander.program.compliance.models import AuditPack, Completion, Reminder, Requirement, SiteCertification
from upstander.program.compliance.selectors.packs.kept import question_of
from upstander.program.compliance.selectors.packs.making import make_pack
from upstander.program.compliance.selectors.reminders import unreached_people
from upstander.program.imports.models import Import, ImportResult
from upstander.program.training.models import SiteWindow, TravelFile

pytestmark = pytest.mark.usefixtures("demo_database")


def demo(key: str) -> Actor:
    district = district_by_key(key)
    assert district
    return seed_actor(district.pk, "proof.pack", "coverage.read")


def test_the_large_district_has_proof_of_some_things_and_not_yet_of_others() -> None:
    actor = demo(ALDER)
    with in_district(actor.district_id):
        brought = Import.objects.get()
        assert (brought.kind, brought.state, brought.counts["refused"] > 0) == ("hours", "applied", True)
        made = set(ImportResult.objects.values_list("made_ref", flat=True))
        assert len(made) > 3 and made <= set(
            SiteWindow.objects.filter(site__isnull=False).values_list("ref", flat=True)
        )
        assert TravelFile.objects.get().way_count > 6
        assert SiteCertification.objects.count() == 1
        pack = AuditPack.objects.get()
        assert make_pack(actor=actor, of=question_of(pack)).digest == pack.digest and pack.person_count > 100
        asked = Requirement.objects.get(audience="work_site_staff")
        done = set(Completion.objects.filter(subject=asked.subject).values_list("person_id", flat=True))
        staff = set(Person.objects.filter(posts__site__kind="bus_yard").values_list("pk", flat=True))
        assert done and done < staff


def test_the_small_district_has_reminded_and_tells_one_person_themselves() -> None:
    actor = demo(NORTH)
    with in_district(actor.district_id):
        assert set(Reminder.objects.values_list("outcome", flat=True)) >= {"mailed", "no_address"}
        assert Reminder.objects.count() < 120  # each a mail that the first start sends
        assert unreached_people(actor=actor, on=TODAY, language="en")
