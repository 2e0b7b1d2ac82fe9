"""The states of an entry: each is in the table, each has a word and a way out or is an end."""

from upstander.program.law.states import HOLDS, MOVES, WAITS, WORDS, Entry

ENDS = {Entry.SUPERSEDED, Entry.REFUSED, Entry.WITHDRAWN}


def test_every_state_is_in_the_table_and_has_a_word() -> None:
    assert set(MOVES) == set(WORDS) == set(Entry)


def test_every_state_but_an_end_has_a_way_to_an_end() -> None:
    assert {state for state, ways in MOVES.items() if not ways} == ENDS
    for state in set(Entry) - ENDS:
        assert set(MOVES[state].values()) & (ENDS | {Entry.IN_FORCE}), state


def test_what_waits_can_be_decided_and_what_holds_can_be_replaced() -> None:
    assert all(len(MOVES[state]) >= 2 for state in WAITS)
    assert all(MOVES[state]["replace"] == Entry.SUPERSEDED for state in HOLDS)


def test_every_state_can_be_reached() -> None:
    assert {target for ways in MOVES.values() for target in ways.values()} == set(Entry) - {
        Entry.PROPOSED,
        Entry.CORRECTED,
    }
