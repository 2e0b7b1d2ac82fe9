"""Languages are a list that ships; a site that never asked is planned as coordinators said, or as all others."""

from pathlib import Path
from shutil import copytree

import pytest
from django.conf import settings
from django.utils import translation

from tests.factories.plans import FIRST, draft_plan, make_year_world, year_of
from tests.factories.training import World, ask
from tests.moments import AT
from upstander.district.places.models import Site
from upstander.foundation.audit.models import AuditEvent
from upstander.foundation.kernel.content import ContentRefused
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed, WrongState
from upstander.foundation.kernel.languages import further_languages, language_names, read_languages
from upstander.program.training.content.kinds import read_kinds
from upstander.program.training.models import CadreMember, PlanEntry
from upstander.program.training.planning.problems import Settings, source_for
from upstander.program.training.planning.together import suggested
from upstander.program.training.selectors.usual import usual_sessions
from upstander.program.training.services.usual import Usual, forget_usual_session, set_usual_session

SPANISH_ONLINE = Usual("online", ("es",))


@pytest.fixture
def world(db: None) -> World:
    return make_year_world()


def say(world: World, usual: Usual, name: str = "Cedar High") -> None:
    site = Site.objects.get(name=name)
    set_usual_session(actor=world.coordinator, site_ref=site.ref, usual=usual, at=AT)


def planned(world: World, name: str = "Cedar High") -> PlanEntry:
    return PlanEntry.objects.get(plan=draft_plan(world), site__name=name)


def test_a_site_that_never_asked_is_planned_as_it_was_said(world: World) -> None:
    with in_district(world.district.pk):
        assert (planned(world).mode, planned(world).languages) == ("in_person", ["en"])
        say(world, SPANISH_ONLINE)
        assert (planned(world).mode, planned(world).languages, planned(world).on) == ("online", ["es"], None)
        assert planned(world).lacking["reasons"][0]["rule"] == "language"
        CadreMember.objects.filter(pk=world.far.pk).update(languages=["en", "es"])
        entry = planned(world)
        assert (entry.seats.get().member, entry.travel_km) == (world.far, 0)
        assert planned(world, "Oak 0").mode == "in_person"
        assert AuditEvent.objects.filter(event="training.usual_set").count() == 1


def test_what_a_site_asks_for_itself_comes_first(world: World) -> None:
    with in_district(world.district.pk):
        say(world, SPANISH_ONLINE)
    ask(world, languages=("en",), mode="hybrid")
    with in_district(world.district.pk):
        assert (planned(world).mode, planned(world).languages) == ("hybrid", ["en"])


def test_it_is_said_again_forgotten_and_refused(world: World) -> None:
    with in_district(world.district.pk):
        say(world, SPANISH_ONLINE)
        say(world, Usual("hybrid", ("en", "vi"), is_alone=True))
        (row,) = usual_sessions(actor=world.coordinator)
        assert (row.mode, row.languages, row.is_alone) == ("hybrid", ["en", "vi"], True)
        for wrong, field in ((Usual("by_mail", ("en",)), "mode"), (Usual("online", ("xx",)), "languages")):
            with pytest.raises(Invalid) as refused:
                say(world, wrong)
            assert refused.value.field == field
        with pytest.raises(NotAllowed):
            forget_usual_session(actor=world.administrator, site_ref=world.site.ref, at=AT)
        forget_usual_session(actor=world.coordinator, site_ref=world.site.ref, at=AT)
        with pytest.raises(WrongState):
            forget_usual_session(actor=world.coordinator, site_ref=world.site.ref, at=AT)


def test_who_is_trained_alone_is_suggested_in_no_group(world: World) -> None:
    with in_district(world.district.pk):

        def groups() -> list[set[str]]:
            source = source_for(actor=world.coordinator, year=year_of(world), settings=Settings(FIRST), at=AT)
            assert source
            found = suggested(source.problem, source.sociable)
            return [{source.sites[ref].site.name for ref in (each.host, *each.guests)} for each in found]

        assert any("Oak 1" in group for group in groups())
        say(world, Usual("in_person", ("en",), is_alone=True), "Oak 1")
        assert groups() and not any("Oak 1" in group for group in groups())


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """The content folder with another list of languages."""
    copytree(settings.CONTENT / "schemas", tmp_path / "schemas")
    copytree(settings.CONTENT / "requests", tmp_path / "requests")
    (tmp_path / "languages").mkdir()
    text = (settings.CONTENT / "languages" / "languages.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "languages" / "languages.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    return tmp_path


def test_one_more_language_is_one_more_line_and_can_be_asked_for(tmp_path: Path) -> None:
    line = "  - {code: so, name: {en: Somali, es: Somalí}}"
    content = changed(tmp_path, line, f"{line}\n  - {{code: nv, name: {{en: Navajo, es: Navajo}}}}")
    assert read_languages(content).names["nv"].en == "Navajo"
    assert "nv" in read_kinds(content)["training"].options_of("languages")


@pytest.mark.parametrize(
    ("old", "new"),
    [("code: vi,", "code: so,"), ("usual: [en, es]", "usual: [en, xx]"), ("code: vi,", "code: viet,")],
)
def test_a_list_that_contradicts_itself_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(ContentRefused):
        read_languages(changed(tmp_path, old, new))


def test_names_come_in_the_order_of_the_readers_alphabet() -> None:
    with translation.override("es"):
        names = [name for _code, name in further_languages()]
        assert names[:2] == ["Amárico", "Árabe"] and names[-1] == "Vietnamita"
        assert language_names(["en", "ko", "xx"]) == "Inglés, Coreano, xx"
