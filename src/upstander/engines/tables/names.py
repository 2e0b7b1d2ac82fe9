"""Names as lists write them, brought near to each other: "Lincoln HS" and "Lincoln High School" are the same name.

Being the same name does not make two schools one: who asks gets every candidate, and a person decides.
"""

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

MARKS = re.compile(r"[^a-z0-9 ]+")
SILENT = str.maketrans("", "", ".'’")
LONG_FORMS = {
    "hs": "high",
    "shs": "senior high",
    "sh": "senior high",
    "ms": "middle",
    "jhs": "junior high",
    "es": "elementary",
    "el": "elementary",
    "elem": "elementary",
    "sr": "senior",
    "jr": "junior",
    "mid": "middle",
    "acad": "academy",
    "ctr": "center",
    "cntr": "center",
    "cont": "continuation",
    "contn": "continuation",
    "mt": "mount",
    "st": "saint",
    "int": "intermediate",
    "tech": "technology",
}
SAYS_LITTLE = {"school", "the", "of", "at", "and", "schools"}
NEAR = 0.72  # likeness from which a name is offered; found by looking at the real list of one large district
MOST_OFFERED, MOST_BESIDE_SAME = 6, 2  # names that are merely like it; where the same name exists, few are of use


class Near(NamedTuple):
    """A name that is like the one asked about: its place among the known ones, and how like (1 is the same)."""

    place: int
    likeness: float


def plain_name(text: str) -> str:
    """The name without case, accents, marks and short forms: what two lists have in common."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    words = MARKS.sub(" ", "".join(ch for ch in letters if not unicodedata.combining(ch)).translate(SILENT)).split()
    long = " ".join(LONG_FORMS.get(word, word) for word in words).split()
    return " ".join(word for word in long if word not in SAYS_LITTLE) or " ".join(words)


def plain_code(text: str) -> str:
    """A code or number without blanks, marks and leading zeros, which spreadsheets like to drop."""
    return re.sub(r"[^0-9a-z]", "", text.casefold()).lstrip("0")


def same_person(one: str, other: str) -> bool:
    """Whether two ways of writing a person's name can be the same: they share a word of more than one letter."""
    first, second = ({word for word in plain_name(text).split() if len(word) > 1} for text in (one, other))
    return bool(first & second) or not first or not second


class Names:
    """Known names, ready to be asked about many times."""

    def __init__(self, names: Iterable[str]) -> None:
        self.plain = [plain_name(name) for name in names]
        self.same: dict[str, list[int]] = defaultdict(list)
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(self.plain):
            self.same[name].append(index)
            for word in set(name.split()):
                self.by_word[word].append(index)

    def near(self, text: str) -> list[Near]:
        """The names most like `text`, the likest first; same names are all there, in the order they were given."""
        asked = plain_name(text)
        same = [Near(index, 1.0) for index in self.same.get(asked, ())]
        shared = Counter(index for word in set(asked.split()) for index in self.by_word.get(word, ()))
        others = [index for index, _ in shared.most_common(60) if self.plain[index] != asked]
        rated = [Near(index, _likeness(asked, self.plain[index])) for index in others]
        near = sorted((each for each in rated if each.likeness >= NEAR), key=lambda each: (-each.likeness, each.place))
        return [*same, *near[: MOST_BESIDE_SAME if same else MOST_OFFERED]]


def _likeness(one: str, other: str) -> float:
    in_order = difflib.SequenceMatcher(None, one, other).ratio()
    sorted_words = difflib.SequenceMatcher(None, " ".join(sorted(one.split())), " ".join(sorted(other.split()))).ratio()
    return round(max(in_order, sorted_words), 3)
