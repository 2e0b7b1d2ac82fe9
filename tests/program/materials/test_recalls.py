"""A printed fact changes: its edition is sent no more, and each site that holds copies gets one task."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_site
from tests.factories.materials import ask_materials, packed, stock_up
from tests.factories.training import World
from tests.moments import AT, TODAY
from upstander.foundation.kernel.actor import HOUSE, Actor, job
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotFound, WrongState
from upstander.foundation.notices.models import Notice
from upstander.program.facts.models import Fact
from upstander.program.facts.selectors import shipped_entries
from upstander.program.facts.services import load_facts
from upstander.program.materials.models import Edition, Recall
from upstander.program.materials.selectors.holdings import holdings, recalls_for
from upstander.program.materials.services import recalls as services
from upstander.program.materials.services.catalogue import withdraw_edition
from upstander.program.materials.services.parcels import send_parcel

POSTER, CARD, LATER = ("help_poster", "en"), ("call_card", "en"), AT + dt.timedelta(days=3)


def house() -> Actor:
    return job("facts", HOUSE, frozenset({"facts.load"}))


def worker(world: World) -> Actor:
    return job("materials.look_after", world.district.pk, frozenset({"materials.manage"}))


def change_line(value: str = "1-800-555-0100") -> None:
    """The number of a line that stands on the poster and not on the call card changes, as a new release brings it."""
    with in_district(HOUSE):
        load_facts(actor=house(), entries=shipped_entries(), at=AT)
    Fact.objects.filter(key="line.childhelp").update(value=value)


def hand_out(world: World, edition: Edition, *sites: object) -> None:
    for site in sites:
        key = Edition.objects.select_related("material").get(pk=edition.pk).material.answers
        asked = ask_materials(world, 10, site=site, items=[key])
        with in_district(world.district.pk):
            send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(edition, 10), at=AT)


def test_each_site_that_holds_a_changed_edition_gets_one_task(world: World) -> None:
    editions = stock_up(world)
    lead = make_actor(world.district, "region_lead", region=world.region)
    other, without = make_site(world.district, region=world.region), make_site(world.district)
    with in_district(world.district.pk):
        hand_out(world, editions[POSTER], world.site, other)
        hand_out(world, editions[CARD], without)
        assert services.recall_changed(actor=worker(world), at=AT) == 0
        change_line()
        assert services.recall_changed(actor=worker(world), at=AT) == 4  # posters and sheets, in two languages
        poster = Edition.objects.get(pk=editions[POSTER].pk)
        assert (poster.withdrawn_for, poster.changed_facts) == ("fact", ["line.childhelp"])
        made = Recall.objects.order_by("site__name")
        assert {(each.site_id, each.owner_id) for each in made} == {
            (world.site.pk, lead.account_id),
            (other.pk, lead.account_id),
        }
        assert {each.due_on > TODAY for each in made} == {True}
        (mail,) = Notice.objects.filter(kind="materials_recall")
        assert mail.facts["done"] == "2"
        assert services.recall_changed(actor=worker(world), at=LATER) == 0
        assert (Recall.objects.count(), Notice.objects.filter(kind="materials_recall").count()) == (2, 1)


def test_a_job_that_is_killed_leaves_nothing_and_runs_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    editions = stock_up(world)

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with in_district(world.district.pk):
        hand_out(world, editions[POSTER], world.site)
        change_line()
        with monkeypatch.context() as patch:
            patch.setattr(services, "record", killed)
            with pytest.raises(KeyboardInterrupt):
                services.recall_changed(actor=worker(world), at=AT)
        assert (Recall.objects.count(), Edition.objects.filter(withdrawn_at__isnull=False).count()) == (0, 0)
        assert Notice.objects.filter(kind="materials_recall").count() == 0
        assert services.recall_changed(actor=worker(world), at=AT) == 4
        assert (Recall.objects.count(), Notice.objects.filter(kind="materials_recall").count()) == (1, 1)


def test_a_withdrawn_edition_is_sent_no_more(world: World) -> None:
    poster, asked = stock_up(world)[POSTER], ask_materials(world, 5)
    with in_district(world.district.pk):
        withdraw_edition(actor=world.coordinator, edition_ref=poster.ref, reason="misprint", at=AT)
        with pytest.raises(Invalid, match="withdrawn"):
            send_parcel(actor=world.coordinator, request_ref=asked.ref, packed=packed(poster, 5), at=AT)
        with pytest.raises(WrongState):
            withdraw_edition(actor=world.coordinator, edition_ref=poster.ref, reason="misprint", at=AT)


@pytest.mark.parametrize(("how", "on_shelf"), [("discarded", 90), ("returned", 100)])
def test_a_task_is_done_once_and_the_ledger_knows(world: World, how: str, on_shelf: int) -> None:
    poster = stock_up(world)[POSTER]
    with in_district(world.district.pk):
        hand_out(world, poster, world.site)
        assert withdraw_edition(actor=world.coordinator, edition_ref=poster.ref, reason="replaced", at=AT) == 1
        (task,) = recalls_for(actor=world.administrator, at=AT)
        with pytest.raises(Invalid):
            services.finish_recall(actor=world.administrator, ref=task.ref, how="burnt", at=AT)
        services.finish_recall(actor=world.administrator, ref=task.ref, how=how, at=AT)
        with pytest.raises(WrongState):
            services.finish_recall(actor=world.coordinator, ref=task.ref, how=how, at=AT)
        assert holdings(actor=world.coordinator) == []
        assert Edition.objects.get(pk=poster.pk).shelf_count == on_shelf
        assert services.recall_changed(actor=worker(world), at=LATER) == 0
        assert Recall.objects.count() == 1


def test_another_sites_task_is_not_there(world: World) -> None:
    poster = stock_up(world)[POSTER]
    stranger = make_actor(world.district, "site_administrator", site=make_site(world.district))
    with in_district(world.district.pk):
        hand_out(world, poster, world.site)
        withdraw_edition(actor=world.coordinator, edition_ref=poster.ref, reason="replaced", at=AT)
        assert list(recalls_for(actor=stranger, at=AT)) == []
        with pytest.raises(NotFound):
            services.finish_recall(actor=stranger, ref=Recall.objects.get().ref, how="discarded", at=AT)


def test_who_holds_what_takes_as_many_queries_for_one_site_as_for_many(world: World) -> None:
    poster, counts = stock_up(world)[POSTER], []
    with in_district(world.district.pk):
        for sites in ([world.site], [make_site(world.district) for _ in range(4)]):
            hand_out(world, poster, *sites)
            with CaptureQueriesContext(connection) as caught:
                assert holdings(actor=world.coordinator)
            counts.append(len(caught))
    assert counts[0] == counts[1]
