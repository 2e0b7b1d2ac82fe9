"""Every table is behind row security or says in no_rls.toml why not; keys cannot cross districts."""

import tomllib
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from tests.architecture.house import ROOT
from tests.factories import make_actor, make_district, make_region, make_site, make_station
from upstander.foundation.kernel.db import in_district, serving_role_flaws
from upstander.foundation.kernel.models import DistrictModel

pytestmark = pytest.mark.django_db

TABLES = """
    SELECT c.relname, c.relrowsecurity,
           (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid AND p.polwithcheck IS NOT NULL)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1
"""
KEYS = """
    SELECT con.conname, own.relname, target.relname,
           (SELECT array_agg(a.attname ORDER BY k.n) FROM unnest(con.conkey) WITH ORDINALITY k(num, n)
            JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.num),
           (SELECT array_agg(a.attname ORDER BY k.n) FROM unnest(con.confkey) WITH ORDINALITY k(num, n)
            JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.num)
    FROM pg_constraint con JOIN pg_class own ON own.oid = con.conrelid
    JOIN pg_class target ON target.oid = con.confrelid WHERE con.contype = 'f'
"""


@pytest.fixture
def two_districts() -> tuple[int, int]:
    """Ids of two districts with rows in each: the second holds what could leak into the first."""
    home, other = make_district("alder", "localhost"), make_district("fork", "north.localhost")
    for district in (home, other):
        region = make_region(district)
        site = make_site(district, region=region, law_station=make_station(district))
        make_actor(district, "site_administrator", site=site)
    return home.pk, other.pk


def excused() -> dict[str, str]:
    return dict(tomllib.loads((ROOT / "no_rls.toml").read_text())["tables"])


def rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def district_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, DistrictModel)]


def unguarded(tables: list[tuple[object, ...]], reasons: dict[str, str]) -> list[str]:
    """Tables that have no policy with WITH CHECK and no written reason."""
    return [
        str(name) for name, enabled, policies in tables if not (enabled and policies) and not reasons.get(str(name))
    ]


def test_every_table_has_a_policy_or_a_reason() -> None:
    assert unguarded(rows(TABLES), excused()) == []


def test_no_reason_is_left_over() -> None:
    tables = {str(name): bool(enabled) for name, enabled, _ in rows(TABLES)}
    assert [name for name in excused() if tables.get(name) is not False] == []


def test_the_walk_finds_a_planted_table_without_a_policy() -> None:
    assert unguarded([("people_secret", False, 0), ("people_half", True, 0)], {}) == ["people_secret", "people_half"]


def target_table(field: Any) -> Any:
    return field.related_model._meta.db_table if field.is_relation else None


def test_every_key_between_district_tables_carries_the_district() -> None:
    owned = {model._meta.db_table for model in district_models()}
    keys: dict[tuple[str, tuple[str, ...]], tuple[str, tuple[str, ...]]] = {
        (own, tuple(columns)): (target, tuple(others)) for _, own, target, columns, others in rows(KEYS)
    }
    wanted: dict[Any, Any] = {
        (model._meta.db_table, ("district_id", field.column)): (target_table(field), ("district_id", "id"))
        for model in district_models()
        for field in model._meta.concrete_fields
        if target_table(field) in owned
    }
    assert {key: keys.get(key) for key in wanted} == wanted
    plain = [key for key, (target, _) in keys.items() if key[0] in owned and target in owned and len(key[1]) == 1]
    assert plain == []


def test_the_serving_role_cannot_bypass_row_security() -> None:
    assert serving_role_flaws() == []


def test_a_forgotten_filter_leaks_nothing(two_districts: tuple[int, int]) -> None:
    home, other = two_districts
    with in_district(other):
        there = {model: model._default_manager.count() for model in district_models()}
    assert sum(there.values()) > 0, "nothing stands in the other district that could leak"
    with in_district(home):
        seen = {model.__name__: model._default_manager.exclude(district_id=home).count() for model in district_models()}
    assert set(seen.values()) == {0}
    with in_district(None):
        assert {model._default_manager.count() for model in district_models()} == {0}
