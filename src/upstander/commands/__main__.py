"""The `upstander` command line. Every word is a module of this package with `add_arguments` and `run`."""

import argparse
import importlib
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from types import ModuleType

import django

from upstander.commands import database, house, leash
from upstander.commands.setup.steps import StepFailed, explain


class Needs(Enum):
    """What must be ready before a command runs."""

    NOTHING = 0
    DATABASE = 1  # Django set up, the database running, connected as the role that serves
    OWNER = 2  # the same, and the owner's address known


@dataclass(frozen=True)
class Command:
    """One word of the command line."""

    word: str
    needs: Needs
    says: str
    alone: bool = False  # only one of these at a time works on a database

    @property
    def module(self) -> str:
        return f"upstander.commands.{self.word}"


COMMANDS = (
    Command("serve", Needs.NOTHING, "set everything up and serve it on this machine"),
    Command("migrate", Needs.OWNER, "bring the database to the shape this version needs", alone=True),
    Command("load", Needs.DATABASE, "load schools, facts and other data from files", alone=True),
    Command("demo", Needs.DATABASE, "fill the database with the fictional demo districts, once", alone=True),
    Command("obligations", Needs.DATABASE, "derive from the ledger anew what everyone has to do by when", alone=True),
    Command("second_signer", Needs.DATABASE, "let an account sign or review for a district"),
    Command("static", Needs.DATABASE, "collect static files and write the pages that need no database"),
    Command("packs", Needs.NOTHING, "check law packs, compare two, answer a rule owner's tables"),
    Command("content", Needs.NOTHING, "check the words, claims, languages and reading levels of what ships"),
    Command("corrections", Needs.DATABASE, "list what districts corrected, for the next edition of the facts"),
    Command("directory", Needs.DATABASE, "write what a directory has published to a file of the open standard"),
    Command("worker", Needs.DATABASE, "run queued jobs until stopped"),
    Command("translations", Needs.NOTHING, "compile the translations, or check that none is missing"),
    Command("proof", Needs.NOTHING, "check a reporter's proof without any server"),
    Command("proof_key", Needs.DATABASE, "change the key that signs reporters' proofs", alone=True),
    Command("rotate_keys", Needs.DATABASE, "seal anew what older keys of the vault sealed", alone=True),
    Command("check", Needs.NOTHING, "format, lint, types, import contract, security lint, translations"),
    Command("test", Needs.NOTHING, "run the test suite, browser tests included"),
    Command("bench", Needs.NOTHING, "measure what the README promises"),
)


def main(words: list[str] | None = None) -> int:
    """Run one command; gives its exit code. A step that fails says what to do and ends with 1."""
    given = sys.argv[1:] if words is None else words
    command = next((known for known in COMMANDS if given and known.word == given[0]), None)
    if command is None:
        _overview().parse_args(given)
        _overview().print_help()
        return 2
    leash.wear()
    try:
        return _run(command, given[1:])
    except StepFailed as failure:
        explain(failure)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(command: Command, words: list[str]) -> int:
    with ExitStack() as stack:
        if command.needs is Needs.NOTHING:
            module = importlib.import_module(command.module)
            return _call(module, _options(command, module, words))
        wants_help = "-h" in words or "--help" in words
        if wants_help:
            stack.enter_context(database.named_only())
        else:
            stack.enter_context(database.opened(as_owner=command.needs is Needs.OWNER))
        if command.alone:
            house.take_time()
        house.name_settings()
        django.setup()
        module = importlib.import_module(command.module)
        options = _options(command, module, words)
        if command.alone:
            stack.enter_context(database.alone())
        return _call(module, options)


def _call(module: ModuleType, options: argparse.Namespace) -> int:
    code: int = module.run(options)
    return code


def _options(command: Command, module: ModuleType, words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"upstander {command.word}", description=module.__doc__)
    module.add_arguments(parser)
    options, more = parser.parse_known_args(words)
    if more and not getattr(module, "TAKES_MORE_WORDS", False):
        parser.error(f"unknown: {' '.join(more)}")
    options.more = more
    return options


def _overview() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {command.word:14}{command.says}" for command in COMMANDS)
    return argparse.ArgumentParser(
        prog="upstander",
        usage="upstander WORD ...",
        description=f"{__doc__.splitlines()[0].split('.')[0]}.\n\nwords (each has --help):\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


if __name__ == "__main__":
    sys.exit(main())
