"""Names written as strings lead somewhere: routes in templates, templates, jobs, capabilities, events."""

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.house import SOURCE, python_files
from upstander.district.access.policies import ROLE_OF_POST, ROLES
from upstander.district.people.models import Post

URL_TAG = re.compile(r"""{%\s*url\s+["']([\w:]+)["']""")
REVERSED = re.compile(r"""(?:reverse|redirect)\(\s*["']([\w:]+)["']""")
INCLUDED = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg))["']""")
CAPABILITY = re.compile(r"""(?:needs|require|scope|has)\((?:[\w.]+,\s*)?["']([a-z_]+\.[a-z_]+)["']""")


def route_names() -> set[str]:
    def walk(patterns: list[URLPattern | URLResolver], prefix: str) -> list[str]:
        found = []
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                found += walk(pattern.url_patterns, inner)
            elif pattern.name:
                found.append(prefix + pattern.name)
        return found

    return set(walk(get_resolver().url_patterns, ""))


def templates() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("templates/**/*") if p.is_file())


def template_name(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("templates") + 1 :])


def used_routes() -> set[str]:
    in_templates = {name for path in templates() for name in URL_TAG.findall(path.read_text())}
    return in_templates | {name for path in python_files() for name in REVERSED.findall(path.read_text())}


def test_every_route_named_in_a_template_or_a_view_exists() -> None:
    assert used_routes() - route_names() == set()


def test_every_template_is_used() -> None:
    texts = [path.read_text() for path in [*templates(), *python_files()]]
    named = {name for text in texts for name in INCLUDED.findall(text)}
    # Drawn by a name made of parts: error pages by status, notices and blocks by kind, form parts by Django.
    by_rule = ("errors/", "notices/", "learn/blocks/", "django/forms/")
    assert [n for n in map(template_name, templates()) if n not in named and not n.startswith(by_rule)] == []


def test_every_capability_asked_for_belongs_to_a_role() -> None:
    asked = {
        name
        for path in python_files("web", "program", "district", "insights", "foundation")
        for name in CAPABILITY.findall(path.read_text())
    }
    held = set().union(*ROLES.values())
    assert asked, "no capability was found: the walk is broken"
    assert asked - held == set()


def test_every_role_that_comes_with_a_post_exists() -> None:
    assert set(ROLE_OF_POST) <= set(Post.Role.values)
    assert set(ROLE_OF_POST.values()) <= set(ROLES)
