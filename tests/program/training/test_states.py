"""The state tables: no state without a way out, no move to nowhere, words for all."""

from enum import StrEnum

import pytest

from upstander.foundation.kernel.errors import WrongState
from upstander.program.training import states

TABLES = [
    (states.REQUEST_MOVES, states.Request, {"delivered", "withdrawn", "declined"}),
    (states.SESSION_MOVES, states.Session, {"closed", "cancelled"}),
    (states.PLAN_MOVES, states.Plan, {"superseded"}),
    (states.RUN_MOVES, states.Run, {"ended"}),
]


@pytest.mark.parametrize(("moves", "kind", "ends"), TABLES)
def test_every_state_is_in_the_table_and_has_a_word(moves: states.Moves, kind: type[StrEnum], ends: set[str]) -> None:
    assert set(moves) == set(kind)
    assert {str(state) for state in kind} <= set(states.WORDS)
    assert {target for ways in moves.values() for target in ways.values()} <= set(kind)


@pytest.mark.parametrize(("moves", "kind", "ends"), TABLES)
def test_an_end_can_be_reached_from_everywhere(moves: states.Moves, kind: type[StrEnum], ends: set[str]) -> None:
    assert {state for state, ways in moves.items() if not ways} == ends
    reaching = set(ends)
    for _ in moves:
        reaching |= {state for state, ways in moves.items() if reaching & set(ways.values())}
    assert reaching == set(moves)


@pytest.mark.parametrize(("moves", "kind", "ends"), TABLES)
def test_every_state_can_be_reached_from_the_first(moves: states.Moves, kind: type[StrEnum], ends: set[str]) -> None:
    reached = {next(iter(moves))}
    for _ in moves:
        reached |= {target for state in reached for target in moves[state].values()}
    assert reached == set(moves)


def test_a_move_that_is_not_in_the_table_says_where_it_stands() -> None:
    assert states.after(states.SESSION_MOVES, "open", "close") == "closed"
    with pytest.raises(WrongState, match="Held"):
        states.after(states.SESSION_MOVES, "closed", "open")
