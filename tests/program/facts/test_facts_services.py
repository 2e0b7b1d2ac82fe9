"""Loading facts: the same again changes nothing, a change reaches the book, and only the house may."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.factories import make_actor, make_district
from tests.moments import AT, TODAY

from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.actor import HOUSE, job, visitor
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import NotAllowed
from upstander.program.facts.content import Entry, read_entries
from upstander.program.facts.models import Fact
from upstander.program.facts.selectors import facts_by_key
from upstander.program.facts.services import Loaded, load_facts

pytestmark = pytest.mark.django_db

SHIPPED = read_entries(Path(__file__).parents[3] / "content")
LOADER = job("load facts", HOUSE, frozenset({"facts.load"}))
HOURS = "ca.report.written_hours"


def load(entries: dict[str, Entry]) -> Loaded:
    with in_district(HOUSE):
        return load_facts(actor=LOADER, entries=entries, at=AT)


def events() -> list[dict[str, int]]:
    with in_district(HOUSE):
        return list(AuditEvent.objects.filter(event="facts.loaded").order_by("id").values_list("data", flat=True))


def test_a_first_load_adds_and_a_second_changes_nothing() -> None:
    count = len(SHIPPED)
    assert load(SHIPPED) == Loaded(added=count, changed=0, removed=0, unchanged=0)
    assert load(SHIPPED) == Loaded(added=0, changed=0, removed=0, unchanged=count)
    assert events() == [{"added": count, "changed": 0, "removed": 0, "unchanged": 0}]


def test_what_is_stored_is_what_shipped() -> None:
    load(SHIPPED)
    book = facts_by_key(actor=visitor(1), keys=SHIPPED, language="en", on=TODAY)
    assert dict(book.entries) == SHIPPED


def test_a_changed_and_a_removed_fact_are_counted_and_take_effect() -> None:
    load(SHIPPED)
    less = {key: entry for key, entry in SHIPPED.items() if key != "line.crisis_988"}
    less[HOURS] = replace(SHIPPED[HOURS], value="24")
    assert load(less) == Loaded(added=0, changed=1, removed=1, unchanged=len(SHIPPED) - 2)
    book = facts_by_key(actor=visitor(1), keys=[HOURS], language="es", on=TODAY)
    assert "24 horas" in book[HOURS].text
    assert not Fact.objects.filter(key="line.crisis_988").exists()


def test_only_the_house_may_load() -> None:
    administrator = make_actor(make_district(), "it_administrator")
    with pytest.raises(NotAllowed):
        load_facts(actor=administrator, entries=SHIPPED, at=AT)
    assert not Fact.objects.exists()


def test_before_the_first_load_a_page_shows_what_ships() -> None:
    book = facts_by_key(actor=visitor(1), keys=["emergency.number"], language="en", on=TODAY)
    assert book["emergency.number"].value == "911"


def test_a_fact_nobody_knows_is_an_error_and_never_an_empty_text() -> None:
    with pytest.raises(KeyError):
        facts_by_key(actor=visitor(1), keys=["ca.none"], language="en", on=TODAY)["ca.none"]
