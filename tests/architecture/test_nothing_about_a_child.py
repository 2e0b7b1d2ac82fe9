"""Law 2: the database knows no child. Every model field and every form field is walked."""

import ast
import importlib
import inspect
import pkgutil
import re

import pytest
from django import forms
from django.apps import apps
from django.db import models

import upstander.web
from tests.architecture.house import SOURCE, python_files

# A column or field that could hold something about a child would be called one of these, in part.
ABOUT_A_CHILD = re.compile(
    r"student|child|pupil|minor|victim|survivor|narrative|story|concern|disclos|incident|suspect|birth|guardian|parent"
    r"|grade_of|case_?note|free_?text|description|comment|remark|note(?!$|s$|_id$|d$)",
    re.IGNORECASE,
)
# Text without a limit is where a story could end up; each such column has its reason.
LONG_TEXT = {
    "facts.Fact.text_en": "a published sentence, loaded from the files that ship",
    "facts.Fact.text_es": "the same in Spanish",
    "directory.Listing.record": "drawn by ourselves from columns that are limited, for other programs",
    "compliance.PackFile.content": "an auditor pack we wrote ourselves: refs and no names, erased after a week",
    "library.Picture.file": "a name of ours; the picture shows nobody, which somebody has to say",
    "library.PictureRendition.file": "the same in another size",
    "library.StoredPicture.body": "a copy of a picture's pixels alone",
    "library.PrintEdition.body": "what anyone could print from the open pages",
    "notices.Notice.calendar": "an iCalendar file we wrote ourselves",
    "notices.NoticeSent.body": "drawn from our own template and facts",
}

# A box could hold anything too; each such field has its reason.
BOXES = {
    "PassageForm.en": "words of a public page: checked at once, reviewed in three roles before anyone reads them",
    "PassageForm.es": "the same in Spanish",
    **{
        f"CampaignForm.{piece}_{language}": "words of a campaign: no names, no schools; reviewed in three roles"
        for piece in ("announcement", "bulletin", "posts", "sheet")
        for language in ("en", "es")
    },
}

# Named by others, and asking for something else.
NO_STORY = {"OwnPageForm.comment_notifications": "Wagtail's own box to tick; its comments are switched off"}

# A file could hold anything; each such field has its reason, and its service keeps what it says it keeps.
FILES = {
    "DirectoryFileForm.file": "a list of organizations and their services, kept record by record for review",
    "PackCheckForm.file": "an auditor pack, of which only the checksum is taken",
    "BusyForm.file": "a calendar file of which only times are read; it is not kept",
    "TravelForm.file": "minutes between sites; only the numbers are kept",
    "UploadForm.file": "lists of staff and schools; chosen columns of short cells are kept, for 30 days at most",
}


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("upstander.")]


def all_forms() -> list[type[forms.BaseForm]]:
    found = []
    for info in pkgutil.walk_packages(upstander.web.__path__, "upstander.web."):
        if {"forms", "views"} & set(info.name.split(".")):
            module = importlib.import_module(info.name)
            found += [
                thing
                for _, thing in inspect.getmembers(module, inspect.isclass)
                if issubclass(thing, forms.BaseForm) and thing.__module__ == info.name
            ]
    return found


def suspicious(names: list[str]) -> list[str]:
    return [name for name in names if ABOUT_A_CHILD.search(name.rpartition(".")[2])]


def test_no_column_could_hold_something_about_a_child() -> None:
    names = [f"{m._meta.label}.{f.name}" for m in ours() for f in m._meta.local_concrete_fields]
    assert suspicious(names) == []


def test_every_unlimited_text_column_has_a_reason() -> None:
    found = {
        f"{m._meta.label}.{f.name}"
        for m in ours()
        for f in m._meta.local_concrete_fields
        if isinstance(f, models.TextField | models.FileField | models.BinaryField)
    }
    assert found - set(LONG_TEXT) == set()


def test_no_form_field_invites_a_story() -> None:
    fields = [
        (f"{form.__name__}.{name}", field)
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
    ]
    assert fields, "no form was found: the walk is broken"
    assert sorted(suspicious([name for name, _ in fields])) == sorted(NO_STORY)
    boxes = [name for name, field in fields if isinstance(field.widget, forms.Textarea)]
    files = [name for name, field in fields if isinstance(field, forms.FileField)]
    assert sorted(boxes) == sorted(BOXES)
    assert sorted(files) == sorted(FILES)


def log_calls(source: str) -> list[ast.Call]:
    """Every call of a module's logger."""
    return [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"log", "logger", "logging"}
        and node.func.attr in {"debug", "info", "warning", "error", "exception", "critical", "log"}
    ]


def talkative(source: str) -> list[str]:
    """Log calls whose message is put together from values: values go into named fields, which are listed."""
    return [
        ast.unparse(call)
        for call in log_calls(source)
        if len(call.args) != 1 or not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]


def test_no_log_line_is_put_together_from_values() -> None:
    sources = [path.read_text() for path in python_files()]
    assert sum(len(log_calls(source)) for source in sources) >= 4, "no log call was found: the walk is broken"
    assert [call for source in sources for call in talkative(source)] == []


def test_the_walk_finds_a_planted_log_line() -> None:
    assert talkative("log.info(f'saw {name}')") == ["log.info(f'saw {name}')"]
    assert talkative("log.info('saw %s', name)") == ["log.info('saw %s', name)"]


def test_no_mail_shows_more_than_its_listed_facts() -> None:
    """What a mail may be filled with is about a training and its place, never about a child or a report."""
    mails = sorted(SOURCE.rglob("templates/notices/*.txt"))
    assert mails, "no mail was found: the walk is broken"
    shown = {name for path in mails for name in re.findall(r"\{\{\s*(?:line\.)?(\w+)", path.read_text())}
    places = {"site", "place", "day", "starts", "ends", "consultant", "reason", "noun", "done"}
    links = {"site_address", "language", "page", "session", "token", "until"}  # until when a link holds
    reminders = {"title", "name", "late", "unreached", "sites"}  # a training, a site or region, and counts of staff
    moved = {"before"}  # the day and hour in whose place another comes
    facts = {"label", "value", "more", "count"}  # a published number by its name, and how many others there are
    together = {"host", "guests", "names", "whose"}  # sites trained in one session, or an audience by itself
    assert shown == places | links | reminders | moved | together | facts


@pytest.mark.parametrize("name", ["x.student_name", "x.incident_description", "x.birth_date", "x.child_id"])
def test_the_walk_finds_planted_fields(name: str) -> None:
    assert suspicious([name]) == [name]
