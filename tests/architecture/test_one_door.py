"""Services write, selectors read: their signatures, transactions and events."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.house import SOURCE, modules, public_functions, python_files

# Asked before there is an actor, or about nothing that belongs to a district. The docstring says so too.
WITHOUT_ACTOR = "takes no actor"
WRITING_METHODS = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}


def takes_actor(node: ast.FunctionDef) -> bool:
    return "actor" in [arg.arg for arg in node.args.kwonlyargs]


def touches_the_database(node: ast.FunctionDef) -> bool:
    return bool(re.search(r"\.objects\b|\.save\(|\bcursor\b|connection", ast.unparse(node)))


def without_actor(source: str) -> list[str]:
    """Public functions that touch the database, take no keyword-only `actor`, and do not say why not."""
    return [
        node.name
        for node in public_functions(source)
        if touches_the_database(node)
        and not takes_actor(node)
        and WITHOUT_ACTOR not in " ".join((ast.get_docstring(node) or "").lower().split())
    ]


def not_atomic(source: str) -> list[str]:
    """Public functions that act or touch the database and open no transaction around it."""
    return [
        node.name
        for node in public_functions(source)
        if (takes_actor(node) or touches_the_database(node)) and "transaction.atomic" not in ast.unparse(node)
    ]


def undocumented(source: str) -> list[str]:
    return [node.name for node in public_functions(source) if not ast.get_docstring(node)]


def writes(source: str) -> list[str]:
    """Calls that write to the database, by the manager's method names."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING_METHODS:
            text = ast.unparse(node.func)
            if ".objects" in text or node.func.attr in {"bulk_create", "get_or_create", "update_or_create"}:
                found.append(text)
    return found


@pytest.mark.parametrize("path", modules("services") + modules("selectors"), ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_public_function_takes_an_actor_and_says_what_it_does(path: Path) -> None:
    source = path.read_text()
    assert without_actor(source) == []
    assert undocumented(source) == []


@pytest.mark.parametrize("path", modules("services"), ids=lambda p: str(p.relative_to(SOURCE)))
def test_every_service_is_one_transaction(path: Path) -> None:
    assert not_atomic(path.read_text()) == []


# Services whose event is written by a private step of theirs, or by whoever calls them.
EVENT_ELSEWHERE = {
    "remind": "its owner's wish was the event; the notice is its consequence",
    "revive_duty": "its members' agreement was the event; the notice is its consequence",
    "note_held": "opening and closing the session are the events; the evening only has them done at once",
    "prove_request": "the request that the link makes is the event",
    "withdraw_by_link": "the withdrawal itself is the event; the key only lends the right to it",
    "answer_by_link": "told by the step that both ways of a site's own answer share",
    "answer_followed": "told by the step that both ways of a site's own answer share",
    "answer_for_site": "told by the step that every way of an answer shares",
    "answer_for_sites": "told by the step that every way of an answer shares, one event for each site",
    "put_answers_of_materials": "the answers that were put are the event; what was sent is only said of them",
    "change_days_by_link": "the change itself is the event; the key only lends the right to it",
    "post_notice": "the caller's event tells what happened; the notice is its consequence",
    "post_notices": "the caller's event tells what happened; the notices are its consequence",
    "warn_of_misfits": "the plan itself shows what no longer fits; the notices are its consequence",
    "send_notice": "the row that marks it sent is its own ledger",
    "load_directory": "told by the step that writes, and only when something changes",
    "queue_recount": "the requirement that was set or ended is the event",
    "preview_requirement": "it is taken back, and nothing of it is left",
    "receive_unwished": "the wish, its end and the gift are the events; it only has them done at once",
    "record_completions": "told by the step that counts the new rows",
    "undo_change": "the change back is the event, as every change by hand",
    "rename_and_reissue": "the new name and the new papers are the events, each where there is one",
    "restore_site_trainings": "told by the service that writes the rows again",
    "tell_progress": "the run's beginning and end are the events; its progress is a reading of them",
    "tell_part": "asking for the pack and making it are the events; its progress is a reading of them",
    "begin_reading": "what came of the try is the event; a try that only begins is a reading of nothing",
    "publish_due": "Wagtail's line for each page is the event; see note_step",
    "close_door": "told by the step that ends the code",
}


def without_event(source: str) -> list[str]:
    """Public services that record no audit event themselves."""
    return [node.name for node in public_functions(source) if takes_actor(node) and "record(" not in ast.unparse(node)]


def test_every_service_records_its_event() -> None:
    found = [name for path in modules("services") for name in without_event(path.read_text())]
    assert sorted(found) == sorted(EVENT_ELSEWHERE)


def test_nothing_outside_services_writes() -> None:
    # "shelved" is where Django puts a picture's bytes while a service saves the picture
    allowed = {"services", "disposal", "writer", "markers", "limits", "shelved"}
    found = {
        str(path.relative_to(SOURCE)): writes(path.read_text())
        for path in python_files("web", "jobs", "commands", "insights", "program", "district", "foundation")
        if not allowed & {path.stem, *path.relative_to(SOURCE).parts[:-1]}
    }
    assert {path: calls for path, calls in found.items() if calls} == {}


def test_only_the_outermost_floors_read_the_clock() -> None:
    readers = {
        str(path.relative_to(SOURCE))
        for path in python_files("program", "district", "foundation", "engines")
        if "clock.now(" in path.read_text() or "import now" in path.read_text() or ".today()" in path.read_text()
    }
    assert readers == set()


def test_the_walks_find_planted_violations() -> None:
    bad = "def steal(name):\n    Site.objects.filter(name=name).update(name='x')\n"
    assert without_actor(bad) == ["steal"]
    assert not_atomic(bad) == ["steal"]
    assert undocumented(bad) == ["steal"]
    assert without_event("def hire(*, actor, at):\n    Person().save()\n") == ["hire"]
    assert writes(bad) == ["Site.objects.filter(name=name).update"]
