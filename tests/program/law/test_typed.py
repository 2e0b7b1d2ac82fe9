"""What may be typed where everyone reads it: numbers that can be called, names, and addresses of a named site."""

import pytest

from upstander.program.law.content.typed import is_name, is_phone, is_policy_number, is_public_address, is_school_police


@pytest.mark.parametrize(
    "text",
    [
        "(650) 555-0110",
        "650-555-0110",
        "1-800-540-4000",
        "+1 650 555 0110 x12",
        "6505550110 ext. 4",
        "211",
        "911",
        "988",
    ],
)
def test_a_phone_number_is_one_of_the_north_american_plan_or_three_digits_everyone_shares(text: str) -> None:
    assert is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "(((1",
        "000",
        "٦٥٠٥٥٥٠١١٠",
        "1-900-555-0666",
        "(900) 555-0666",
        "650-976-0110",
        "555-0100",
        "123",
        "2119",
        "(650 555-0110",
        "+44 20 7946 0018",
        "650-555-0110; then wait",
    ],
)
def test_what_is_sold_by_the_minute_or_reaches_nobody_is_no_phone_number(text: str) -> None:
    assert not is_phone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Houston ISD Police Department",
        "HISD P.D.",
        "Campus Police",
        "LASPD",
        "Unified District Police",
        "Los Angeles Unified Police",
        "School Safety Police",
        "Police of the School District",
        "Police Department, Alder USD",
        "School-Police",
        "Policía escolar",
        "Policia del Distrito",
        "Policía del campus",
        "Security: School District Police or Security",
    ],
)
def test_a_schools_own_police_is_known_by_its_name_in_either_order(text: str) -> None:
    assert is_school_police(text)


@pytest.mark.parametrize(
    "text", ["Houston Police Department", "College Station Police", "Unified Police Department", "Dallas PD", "Sheriff"]
)
def test_a_citys_or_countys_force_is_none(text: str) -> None:
    assert not is_school_police(text)


def test_a_name_that_the_law_pack_excludes_is_refused_whatever_it_is() -> None:
    assert is_school_police("Security of Alder (nights)", ["Security of Alder"])


def test_a_policys_number_and_every_name_hold_no_number_to_call() -> None:
    for good in ("BUL-1347.5", "BP 5141.4", "FFG/Local", "R-12.2"):
        assert is_policy_number(good), good
    for bad in ("Hotline now 900-555-0666", "Call 9 0 0 5 5 5 0 6 6 6", "900.555/0666", "BUL: call me", "٦٥", ""):
        assert not is_policy_number(bad), bad
    assert is_name("Reporting suspected abuse")
    assert not is_name("Reporting, 900 555 0666")


@pytest.mark.parametrize(
    "address",
    [
        "http://policy.example.org",
        "https://lausd.net@evil.example/x",
        "https://a:b@evil.example/",
        "https://@evil.example/",
        "https://evil.example:8443/",
        "https://192.0.2.1/policy",
        "https://[2001:db8::1]/",
        "https://3221225985/",
        "https://localhost/",
        "https://xn--lasd-xka.example/",
        "https://lausd.net\\@evil.example/x",
        "javascript:alert(1)",
    ],
)
def test_an_address_is_that_of_a_named_site(address: str) -> None:
    assert not is_public_address(address)
    assert is_public_address("https://policy.example.org/r-12?version=2#top")
