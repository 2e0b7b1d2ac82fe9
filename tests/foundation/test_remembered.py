"""What pure work gave is given again while what it was told is equal, and no longer."""

from upstander.foundation.kernel.remembered import Remembered


def test_the_same_is_worked_out_once_and_anything_else_anew() -> None:
    remembered: Remembered[list[str], str] = Remembered(8)
    worked: list[str] = []

    def give(question: str, *told: str) -> str:
        def work() -> str:
            worked.append(f"{question}: {told}")
            return " ".join(told)

        return remembered.give(question, list(told), work)

    assert [give("a", "x"), give("a", "x"), give("b", "x"), give("a", "x", "y"), give("a", "x")] == [
        *("x", "x", "x", "x y", "x"),
    ]
    assert worked == ["a: ('x',)", "b: ('x',)", "a: ('x', 'y')", "a: ('x',)"]


def test_an_answer_of_nothing_is_remembered_too() -> None:
    remembered: Remembered[int, None] = Remembered(8)
    worked: list[int] = []
    for _ in range(2):
        assert remembered.give("a", 1, lambda: worked.append(1)) is None
    assert worked == [1]


def test_no_more_questions_are_kept_than_were_promised_and_the_one_that_changed_longest_ago_goes() -> None:
    remembered: Remembered[int, int] = Remembered(2)
    worked: list[str] = []

    def give(question: str, told: int) -> None:
        def work() -> int:
            worked.append(f"{question}{told}")
            return told

        remembered.give(question, told, work)

    for question, told in [("a", 1), ("b", 1), ("a", 2), ("c", 1), ("a", 2), ("b", 1)]:
        give(question, told)
    assert worked == ["a1", "b1", "a2", "c1", "b1"]
