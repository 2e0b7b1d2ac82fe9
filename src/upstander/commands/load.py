"""Load data from files. Every module `load_NAME.py` beside this one is a subcommand."""

import argparse
import importlib
import pkgutil
from types import ModuleType

import upstander.commands
from upstander.commands import report

PREFIX = "load_"
SHIPPED = "shipped"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subparser per kind of data."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    shipped = kinds.add_parser(SHIPPED, help="everything that ships with Upstander: facts, law packs, rules")
    report.add_json(shipped)
    shipped.set_defaults(load=run_shipped)
    for name, module in _loaders().items():
        described = kinds.add_parser(name, help=_first_line(module), description=module.__doc__)
        module.add_arguments(described)
        described.set_defaults(load=module.run)


def run(options: argparse.Namespace) -> int:
    """Hand over to the kind's own module."""
    code: int = options.load(options)
    return code


def run_shipped(options: argparse.Namespace) -> int:
    """Load all that ships; each loader's `load_shipped()` changes nothing when its files are loaded already."""
    counts: dict[str, object] = {}
    for name, module in _loaders().items():
        if hasattr(module, "load_shipped"):
            counts[name] = module.load_shipped()
    report.show(counts, as_json=options.json)
    return 0


def _loaders() -> dict[str, ModuleType]:
    names = sorted(found.name for found in pkgutil.iter_modules(upstander.commands.__path__))
    loaders = [name for name in names if name.startswith(PREFIX)]
    return {name.removeprefix(PREFIX): importlib.import_module(f"upstander.commands.{name}") for name in loaders}


def _first_line(module: ModuleType) -> str:
    return (module.__doc__ or "").strip().splitlines()[0].rstrip(".")
