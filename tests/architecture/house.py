"""What the architecture tests share: where the code is, and how to walk it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "upstander"

FLOORS = ["engines", "foundation", "district", "program", "insights", "web"]
ORDER = {
    "foundation": ["kernel", "fetching", "audit", "queue", "vault", "notices", "documents"],
    "district": ["places", "accounts", "people", "access"],
    "program": [
        "facts",
        "law",
        "compliance",
        "training",
        "guidance",
        "imports",
        "gatherings",
        "materials",
        "evaluation",
    ],
}
# Siblings on one level: neither may point to the other.
LEVEL = {
    "queue": 3,
    "vault": 3,
    "notices": 5,
    "documents": 5,
    "training": 3,
    "guidance": 3,
    "imports": 4,
    "gatherings": 4,
    "materials": 4,
    "evaluation": 4,
}


def rank(module: str) -> tuple[int, int]:
    """Floor and level of a dotted module name: higher may point to lower, never the other way."""
    floor, _, rest = module.removeprefix("upstander.").partition(".")
    if floor not in FLOORS:
        return (-1, 0)  # Django's own and other libraries lie below everything
    part = rest.partition(".")[0]
    order = ORDER.get(floor, [])
    return (FLOORS.index(floor), LEVEL.get(part, order.index(part) if part in order else 0))


def python_files(*floors: str) -> list[Path]:
    """Every product file of these floors (all without arguments), migrations left out."""
    roots = [SOURCE / floor for floor in floors] or [SOURCE]
    return sorted(path for root in roots for path in root.rglob("*.py") if "migrations" not in path.parts)


def modules(name: str, *floors: str) -> list[Path]:
    """Files called `name.py`, or inside a folder called `name`, as parts are laid out.

    A file in such a folder whose name begins with an underscore serves the others: nobody outside may call it.
    """
    files = [path for path in python_files(*floors) if not path.stem.startswith("_")]
    return [path for path in files if path.stem == name or name in path.relative_to(SOURCE).parts[:-1]]


def public_functions(source: str) -> Iterator[ast.FunctionDef]:
    """The functions another module may call: at top level and without a leading underscore."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node
