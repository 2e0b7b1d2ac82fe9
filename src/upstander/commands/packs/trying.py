"""Answer a rule owner's table of cases, and print every difference with its line.

The table has a column for each observation (seen, not seen, don't know; empty is don't know) and a column `expected`
(met, not met, incomplete). With columns `spoke` and `would_matter` these are compared too. `case` and `note` are read
past. The rule is named as PACK/RULE, in the newest edition that ships.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from upstander.commands.packs.table import Row, read_table, refused, tell
from upstander.engines.indicators import Answer, Outcome, Reading, RuleSet, read
from upstander.foundation.kernel.content import Fault
from upstander.program.facts.content import read_entries
from upstander.program.law.content import read_packs

EXPECTED, SPOKE, WOULD_MATTER = "expected", "spoke", "would_matter"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rule, and the table."""
    parser.add_argument("rule", metavar="RULE_SET", help="such as us-ca-san-mateo/at_risk")
    parser.add_argument("table", type=Path, metavar="TABLE.csv", help="the cases and what their owner expects")


def run(options: argparse.Namespace) -> int:
    """Read every case; 1 when the engine says otherwise than the table somewhere."""
    rule = _rule(options.content, options.rule)
    rows = read_table(options.table, [*rule.observations(), EXPECTED], [SPOKE, WOULD_MATTER])
    return tell(rows, [fault for row in rows for fault in _differences(row, rule)], options)


def _rule(content: Path, name: str) -> RuleSet:
    """The named rule in the newest edition of its pack."""
    packs = read_packs(content, read_entries(content))
    rules = {f"{key}/{rule.key}": rule for key, held in packs.items() for pack in held for rule in pack.rule_sets}
    if name not in rules:
        raise refused(content / "packs", f"there is no rule {name}; there is {', '.join(rules) or 'none'}")
    return rules[name].logic()


def _differences(row: Row, rule: RuleSet) -> Iterator[Fault]:
    answers = {name: _word(row.cells[name]) or Answer.DONT_KNOW for name in rule.observations()}
    expected = _word(row.cells[EXPECTED])
    strange = [name for name, answer in answers.items() if answer not in set(Answer)]
    yield from (row.fault(name, f"{row.cells[name]!r} is not seen, not seen or don't know") for name in strange)
    if expected not in set(Outcome):
        yield row.fault(EXPECTED, f"{row.cells[EXPECTED]!r} is not met, not met or incomplete")
    elif not strange:
        reading = read(rule, {name: Answer(answer) for name, answer in answers.items()})
        yield from _compare(row, reading)


def _compare(row: Row, reading: Reading) -> Iterator[Fault]:
    found = {
        EXPECTED: reading.outcome.replace("_", " "),
        SPOKE: " ".join(reading.spoke),
        WOULD_MATTER: " ".join(reading.would_matter),
    }
    for column, said in found.items():
        if column in row.cells and _word(row.cells[column]) != _word(said):
            yield row.fault(column, f"the table says {row.cells[column] or 'nothing'}, the rule {said or 'nothing'}")


def _word(cell: str) -> str:
    """Answers as people write them: "Not seen", "don’t know"."""
    return cell.lower().replace("’", "").replace("'", "").replace(" ", "_")
