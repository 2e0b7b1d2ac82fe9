"""A district with one person names who signs beside it: by hand, until a day, and not in the browser."""

import argparse
import datetime as dt

import pytest

from tests.factories import make_account, make_actor
from tests.moments import AT, TODAY
from upstander.commands import second_signer
from upstander.district.access.selectors import actor_for
from upstander.district.access.services import end_role, give_role
from upstander.district.accounts.models import Account
from upstander.district.places.models import District
from upstander.foundation.kernel.actor import Actor, job
from upstander.foundation.kernel.content import Text
from upstander.foundation.kernel.db import in_district
from upstander.foundation.kernel.errors import Invalid, NotAllowed
from upstander.program.law.content import Line
from upstander.program.law.selectors.entries import holding
from upstander.program.law.services.local import Thing, propose_entry, sign_entry

pytestmark = pytest.mark.django_db
UNTIL = TODAY + dt.timedelta(days=200)


def keeper(district: District) -> Actor:
    return job("keeper", district.pk, frozenset({"access.manage"}))


def give(district: District, account: Account, role: str = "second_signer", ends_on: dt.date = UNTIL) -> None:
    with in_district(district.pk):
        give_role(actor=keeper(district), account=account, role=role, starts_on=TODAY, ends_on=ends_on, at=AT)


def test_the_county_offices_account_signs_for_a_charter_with_one_person(district: District) -> None:
    county = make_account("county@example.org")
    give(district, county)
    only = make_actor(district)
    line = Line(Text("Desk", "Mesa"), "(650) 555-0190", "", TODAY)
    with in_district(district.pk):
        entry = propose_entry(actor=only, thing=Thing("coordinator"), lines=[line], at=AT)
        sign_entry(actor=actor_for(county, district.pk, TODAY), ref=entry.ref, over="", at=AT)
        assert holding(actor=only, kind="coordinator") == entry


def test_the_role_ends_with_its_day_or_earlier(district: District) -> None:
    county = make_account()
    give(district, county)
    week = TODAY + dt.timedelta(days=7)
    with in_district(district.pk):
        assert actor_for(county, district.pk, UNTIL - dt.timedelta(days=1)).has("local.sign")
        assert not actor_for(county, district.pk, UNTIL).has("local.sign")
        assert end_role(actor=keeper(district), account=county, role="second_signer", ends_on=week, at=AT) == 1
        assert not actor_for(county, district.pk, week).has("local.sign")
        assert not actor_for(county, district.pk, TODAY).has("local.propose")


@pytest.mark.parametrize(
    ("role", "ends_on"),
    [("coordinator", UNTIL), ("second_signer", TODAY), ("second_signer", TODAY + dt.timedelta(days=367))],
)
def test_no_other_role_is_given_by_hand_and_none_for_ever(district: District, role: str, ends_on: dt.date) -> None:
    with pytest.raises(Invalid):
        give(district, make_account(), role, ends_on)


def test_whoever_proposes_cannot_name_who_signs(district: District) -> None:
    actor = make_actor(district)
    with in_district(district.pk), pytest.raises(NotAllowed):
        give_role(actor=actor, account=make_account(), role="second_signer", starts_on=TODAY, ends_on=UNTIL, at=AT)


def test_the_command_makes_the_account_and_ends_the_role(
    district: District, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = argparse.Namespace(
        district=district.key,
        email="County@example.org",
        name="County office",
        role="second_signer",
        until=UNTIL,
        end=False,
        json=False,
    )
    assert second_signer.run(asked) == 0
    assert "first password" in capsys.readouterr().out
    account = Account.objects.get(email="county@example.org")
    with in_district(district.pk):
        assert actor_for(account, district.pk, UNTIL - dt.timedelta(days=1)).has("local.sign")
    assert second_signer.run(argparse.Namespace(**{**vars(asked), "district": "nowhere"})) == 1
