"""The state tables: no state without a way out, no move to nowhere, words for all."""

import pytest

from upstander.foundation.kernel.errors import WrongState
from upstander.program.training import models, states
from upstander.program.training.content.kinds import shipped_kinds
from upstander.program.training.content.words import next_step

ENDS = {"delivered", "withdrawn", "declined"}
TABLES = [
    (states.REQUEST_MOVES, set(states.Request) - {"underway"}, ENDS),
    (states.STEP_MOVES, {"waiting", "underway", "delivered", "withdrawn", "declined"}, ENDS),
    (states.SESSION_MOVES, set(states.Session), {"closed", "cancelled"}),
    (states.PLAN_MOVES, set(states.Plan), {"superseded"}),
    (states.RUN_MOVES, set(states.Run), {"ended"}),
]


@pytest.mark.parametrize(("moves", "kind", "ends"), TABLES)
def test_every_state_is_in_the_table_and_has_a_word(moves: states.Moves, kind: set[str], ends: set[str]) -> None:
    assert set(moves) == set(kind)
    assert {str(state) for state in kind} <= set(states.WORDS)
    assert {target for ways in moves.values() for target in ways.values()} <= set(kind)


@pytest.mark.parametrize(("moves", "kind", "ends"), TABLES)
def test_an_end_can_be_reached_from_everywhere(moves: states.Moves, kind: set[str], ends: set[str]) -> None:
    assert {state for state, ways in moves.items() if not ways} == ends
    reaching = set(ends)
    for _ in moves:
        reaching |= {state for state, ways in moves.items() if reaching & set(ways.values())}
    assert reaching == set(moves)


@pytest.mark.parametrize(("moves", "kind", "ends"), TABLES)
def test_every_state_can_be_reached_from_the_first(moves: states.Moves, kind: set[str], ends: set[str]) -> None:
    reached = {next(iter(moves))}
    for _ in moves:
        reached |= {target for state in reached for target in moves[state].values()}
    assert reached == set(moves)


def test_a_move_that_is_not_in_the_table_says_where_it_stands() -> None:
    assert states.after(states.SESSION_MOVES, "open", "close") == "closed"
    with pytest.raises(WrongState, match="Held"):
        states.after(states.SESSION_MOVES, "closed", "open")


def test_everything_that_waits_for_somebody_is_in_the_queue_and_has_a_next_step() -> None:
    with_a_way_out = {state for table in (states.REQUEST_MOVES, states.STEP_MOVES) for state in table if table[state]}
    assert with_a_way_out == set(states.ON_THEIR_WAY)
    for kind in shipped_kinds().values():
        moves = states.moves_of_kind(kind.ends_with_session)
        for state in states.ON_THEIR_WAY:
            assert state not in moves or next_step(models.Request(kind=kind.key, state=state))
            assert state not in moves or state not in states.IN_QUEUE or kind.due[state]
