"""What pure work gave for what it was told last, so that the same is not worked out again for every reader."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Told = TypeVar("Told")
Given = TypeVar("Given")


class Remembered(Generic[Told, Given]):
    """The last answer to each of `most` questions, in this process.

    An answer counts only while everything it was made from is still equal: whoever asks reads that anew each time, from
    the database and from files, so nothing here can be older than what was read. What is given is shared: it must not
    be changed.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, tuple[Told, Given]] = {}

    def give(self, question: Hashable, told: Told, work: Callable[[], Given]) -> Given:
        """What `work` gives for `told`. `question` names the work: its district and language, not what was read."""
        kept = self._kept.get(question)
        if kept is not None and kept[0] == told:
            return kept[1]
        given = work()
        self._kept.pop(question, None)
        self._kept[question] = (told, given)
        while len(self._kept) > self._most:
            self._kept.pop(next(iter(self._kept)), None)  # the one that changed longest ago
        return given
