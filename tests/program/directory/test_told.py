"""What an entry tells: whether reports are taken, in which language, and in which words."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories.directory import CALLED, make_service
from tests.factories.training import World
from tests.moments import AT, TODAY
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid
from upstander.program.directory.content.incoming import read_record
from upstander.program.directory.content.terms import REPORTS, TAXONOMY, report_term
from upstander.program.directory.content.wording import remarks
from upstander.program.directory.models import Listing, Service
from upstander.program.directory.selectors.editing import entries
from upstander.program.directory.selectors.finding import Sought, find, takers_of_reports
from upstander.program.directory.selectors.sharing import Asked, service_records, taxonomy_records, term_records
from upstander.program.directory.services.checking import Check, check_service
from upstander.program.directory.services.drafts import take_drafts
from upstander.program.directory.services.entries import Written, write_service

pytestmark = pytest.mark.django_db


def test_whether_reports_are_taken_goes_out_and_comes_back(world: World) -> None:
    make_service(world, "County line", takes_report="yes")
    make_service(world, "Pantry", takes_report="no")
    make_service(world, "Clinic")
    with in_district(world.district.pk):
        records = {row.name_en: json.loads(row.record) for row in Listing.objects.all()}
        read = {name: read_record(record) for name, record in records.items()}
        assert {name: (each.takes_report, each.faults) for name, each in read.items()} == {
            "County line": ("yes", ()),
            "Pantry": ("no", ()),
            "Clinic": ("", ()),
        }
        assert [row.name_en for row in takers_of_reports(actor=world.consultant, at=AT)] == ["County line"]
        listed = entries(actor=world.coordinator, show="reports", on=TODAY)
        assert [row.name_en for row in listed] == ["County line"]

        def names(**asked: str) -> list[str]:
            found = service_records(actor=world.consultant, asked=Asked(**asked), on=TODAY)  # type: ignore[arg-type]
            return [row["name"] for row in found["contents"]]

        assert names(term=report_term("no")["id"]) == ["Pantry"]
        assert names(taxonomy=str(REPORTS)) == ["County line", "Pantry"]
    assert taxonomy_records(asked=Asked())["total_items"] == 2
    of_lists = [term_records(asked=Asked(taxonomy=str(each)))["total_items"] for each in (REPORTS, TAXONOMY)]
    assert of_lists == [2, term_records(asked=Asked())["total_items"] - 2]


@pytest.mark.parametrize(
    ("cell", "read", "faults"),
    [("Yes", "yes", 0), ("SÍ", "yes", 0), ("no", "no", 0), ("sometimes", "", 1), ("", "", 0)],
)
def test_a_table_says_it_in_a_column(cell: str, read: str, faults: int) -> None:
    found = read_record({"Name": "X", "Agency": "Y", "Takes mandated reports": cell})
    assert (found.takes_report, len(found.faults)) == (read, faults)


def test_both_answers_at_once_are_none() -> None:
    said = [{"taxonomy_term": report_term(answer)} for answer in ("yes", "no")]
    found = read_record({"id": "x", "name": "X", "attributes": said})
    assert (found.takes_report, ("attributes", "unread") in found.faults) == ("", True)


def test_that_reports_are_taken_is_asked_in_person_and_never_said_of_a_unit(world: World) -> None:
    service = make_service(world, checked_at=None, takes_report="yes")
    with in_district(world.district.pk):
        with pytest.raises(Invalid, match="a website does not answer"):
            check_service(actor=world.coordinator, ref=service.ref, check=Check("website", "editor"), at=AT)
        check_service(actor=world.coordinator, ref=service.ref, check=CALLED, at=AT)
        take_drafts(actor=world.coordinator, at=AT)
        unit = Service.objects.filter(kind="unit").first()
        assert unit
        written = Written(unit.organization.ref, "Unit", takes_report="yes")
        with pytest.raises(Invalid) as refused:
            write_service(actor=world.coordinator, written=written, ref=unit.ref, at=AT)
        assert refused.value.field == "takes_report"
        with pytest.raises(IntegrityError), transaction.atomic():
            Service.objects.filter(pk=unit.pk).update(takes_report="yes")


def test_what_stands_in_one_language_is_found_in_both_and_marked(world: World) -> None:
    make_service(world, "", name_es="Casa de la Luna", about_en="", about_es="Camas para jóvenes.")
    make_service(world, "Pantry", about_en="Groceries.")
    with in_district(world.district.pk):
        shown = {row.name_en: (row.about_en, row.about_es, row.shown["borrowed"]) for row in Listing.objects.all()}
        assert shown == {
            "Casa de la Luna": ("Camas para jóvenes.", "Camas para jóvenes.", ["name_en", "about_en"]),
            "Pantry": ("Groceries.", "Groceries.", ["name_es", "about_es"]),
        }
        for words in ("camas", "groceries", "luna"):
            assert len(find(actor=world.consultant, sought=Sought(words=words), at=AT).hits) == 1
        with pytest.raises(Invalid, match="give the name"):
            write_service(actor=world.coordinator, written=Written("x", "  ", "  "), at=AT)


@pytest.mark.parametrize(
    ("text", "words", "is_barred"),
    [
        ("For the child prostitute.", "child prostitute", True),
        ("Call the National Suicide Prevention Lifeline.", "National Suicide Prevention Lifeline", True),
        ("Ask the child what she needs.", "she", False),
        ("Call (555) 010-0134 first.", "(555) 010-0134", False),
        ("For ages 12 to 14.", "12 to 14", False),
    ],
)
def test_words_get_better_ones_and_some_are_never_published(
    world: World, text: str, words: str, is_barred: bool
) -> None:
    (found,) = remarks({"about_en": text, "name_es": "Clínica"})
    assert (found.field, found.words, found.is_barred, bool(found.better and found.why)) == (
        *("about_en", words, is_barred, True),
    )
    service = make_service(world, checked_at=None, about_en=text)
    told: dict[str, Any] = {"actor": world.coordinator, "ref": service.ref, "check": CALLED, "at": AT}
    with in_district(world.district.pk):
        if is_barred:
            with pytest.raises(Invalid, match="Readers never see"):
                check_service(**told)
        else:
            check_service(**told)
        assert Listing.objects.exists() is not is_barred
