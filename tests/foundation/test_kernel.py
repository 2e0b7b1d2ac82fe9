"""Refs, actors, scopes, limits, sort keys: small things everything stands on."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.moments import AT
from upstander.foundation.kernel.access import Place, Scope, require, scope
from upstander.foundation.kernel.actor import Actor, Grant, Kind, job, visitor
from upstander.foundation.kernel.errors import NotAllowed
from upstander.foundation.kernel.limits import within_limit
from upstander.foundation.kernel.refs import ALPHABET, new_code, new_ref, read_code
from upstander.foundation.kernel.secrets import pseudonym
from upstander.foundation.kernel.text import sort_key


def person(*grants: Grant, district_id: int = 1) -> Actor:
    return Actor(Kind.PERSON, district_id, "REF", grants=frozenset(grants))


def test_a_ref_has_twelve_characters_of_crockfords_alphabet() -> None:
    assert {len(new_ref()) for _ in range(50)} == {12}
    assert set("".join(new_ref() for _ in range(500))) == set(ALPHABET)


def test_a_code_survives_dashes_blanks_small_letters_and_look_alikes() -> None:
    assert read_code(" 01ab-cd o i l ") == "01ABCD011"


@given(st.integers(min_value=1, max_value=40))
def test_a_code_reads_back_as_itself(length: int) -> None:
    code = new_code(length)
    assert read_code(code) == code


@pytest.mark.parametrize(
    ("grant", "place", "allowed"),
    [
        (Grant("x.do"), Place(1), True),
        (Grant("x.do"), Place(1, site_id=7), True),
        (Grant("x.do"), Place(2), False),
        (Grant("x.do", site_id=7), Place(1, site_id=7), True),
        (Grant("x.do", site_id=7), Place(1, site_id=8), False),
        (Grant("x.do", site_id=7), Place(1), False),
        (Grant("x.do", region_id=3), Place(1, region_id=3, site_id=9), True),
        (Grant("x.do", region_id=3), Place(1, site_id=3), False),
        (Grant("x.see"), Place(1), False),
    ],
)
def test_a_grant_covers_its_own_place_and_no_other(grant: Grant, place: Place, allowed: bool) -> None:
    if allowed:
        require(person(grant), "x.do", place)
    else:
        with pytest.raises(NotAllowed):
            require(person(grant), "x.do", place)


def test_scope_gathers_the_places_of_one_capability() -> None:
    actor = person(Grant("x.do", site_id=1), Grant("x.do", region_id=2), Grant("x.see"))
    assert scope(actor, "x.do") == Scope(False, frozenset({2}), frozenset({1}))
    assert scope(actor, "x.see").everywhere
    assert scope(visitor(1), "x.do").is_empty


def test_a_job_holds_only_what_it_was_given() -> None:
    actor = job("nightly", 1, frozenset({"x.do"}))
    assert (actor.has("x.do"), actor.has("x.see"), actor.is_signed_in) == (True, False, False)


@pytest.mark.parametrize(
    ("name", "key"), [("Éva  Álvarez", "eva alvarez"), ("Zoë", "zoe"), ("STRASSE", "strasse"), ("Straße", "strasse")]
)
def test_names_sort_without_accents_and_case(name: str, key: str) -> None:
    assert sort_key(name) == key


def test_a_pseudonym_depends_on_its_purpose() -> None:
    assert pseudonym("a", "x") == pseudonym("a", "x") != pseudonym("b", "x")


@pytest.mark.django_db
def test_tries_are_counted_in_a_window_that_starts_anew() -> None:
    def tries(seconds: int) -> list[bool]:
        at = AT + dt.timedelta(seconds=seconds)
        return [within_limit("code", "someone", most=2, seconds=60, at=at) for _ in range(3)]

    assert tries(0) == [True, True, False]
    assert within_limit("code", "someone else", most=2, seconds=60, at=AT)
    assert tries(60) == [True, True, False]
