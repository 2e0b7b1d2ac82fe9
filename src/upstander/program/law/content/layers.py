"""Layers of law: country, state, county, district. A lower one adds, fills in what is empty, or shortens a clock.

Everything else is refused, naming both layers: lengthening a clock, taking something away, making a recipient of
someone who is excluded, changing what is filled in. The district's own layer is a `Document` like the others
(`district_layer`), so that one function decides what any layer may do.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from upstander.foundation.kernel.content import ContentRefused, Document, Fault

FACT_LISTS = ("emergency", "counseling_lines", "test", "assurances", "do_not", "after_the_call")
ENTRY_LISTS = (
    "reporting_lines",
    "reporters",
    "duties",
    "recipients",
    "excluded_recipients",
    "provisions",
    "levels",
    "rule_sets",
)
# What an entry has to say by the time all layers lie on one another; null counts as said, and as still to be filled.
NEEDED = {
    "reporting_lines": ("fact",),
    "reporters": ("fact",),
    "duties": ("channel", "starts", "due", "fact", "delegable"),
    "recipients": ("name", "fact"),
    "excluded_recipients": ("name", "fact"),
    "provisions": ("kind", "fact"),
    "levels": ("name", "fact", "steps"),
    "rule_sets": ("edition", "name", "fact", "met", "groups"),
}
# Empty is a statement here ("no condition", "always"), so that filling it in would narrow what the layer above gives.
SAID_BY_SILENCE = frozenset({"condition", "begins"})
CLOCK = ("due", "fact")
# What people of a district call a level is their own affair; what the level is and asks for is not.
OWN_WORDS = frozenset({("levels", "name")})

Entry = dict[str, Any]


def district_layer(terms: Mapping[str, Any]) -> Document:
    """A district's own entries as the last layer: the same lists as in a pack's file, already checked for shape."""
    return Document(Path("district"), {"pack": "district", "level": "district", **terms}, {})


def without_levels(layer: Document) -> Document:
    """The same layer where the levels it names or fills in are not published."""
    return Document(layer.file, {**layer.data, "levels": []}, layer.lines)


def merge(layers: Sequence[Document], lengths: Mapping[str, int]) -> dict[str, Any]:
    """Lay `layers` on one another, the country first, and give the whole in the shape of one pack's lists.

    New entries stand before those of the layers above, so that the nearest number comes first. `lengths` gives the
    number of each fact that has one, for comparing clocks. Raises ContentRefused with every fault: file, line, both
    layers, reason. Changes nothing it was given.
    """
    whole = _Whole(lengths)
    faults = [fault for layer in layers for fault in whole.lay(layer)]
    faults += whole.unsaid()
    if faults:
        raise ContentRefused(faults)
    return whole.terms


class _Whole:
    """What the layers so far say together, and who said what."""

    def __init__(self, lengths: Mapping[str, int]) -> None:
        self.terms: dict[str, Any] = {part: [] for part in (*FACT_LISTS, *ENTRY_LISTS)} | {"written_form": None}
        self._lengths = lengths
        self._said_by: dict[tuple[str, ...], str] = {}
        self._began: list[tuple[str, Entry, Document, int]] = []

    def lay(self, layer: Document) -> Iterator[Fault]:
        """Put one more layer on; gives what it may not do."""
        for part in FACT_LISTS:
            self.terms[part] = list(dict.fromkeys([*layer.data.get(part, ()), *self.terms[part]]))
        for part in ENTRY_LISTS:
            fresh = []
            for index, entry in enumerate(layer.data.get(part, ())):
                known = self._entry(part, entry["key"])
                if known is None:
                    fresh.append(self._begin(part, entry, layer, index))
                else:
                    yield from self._overlay(part, known, entry, layer, index)
            self.terms[part] = fresh + self.terms[part]
        yield from self._turned_around(layer)
        yield from self._form(layer)

    def unsaid(self) -> Iterator[Fault]:
        """What no layer says of an entry and one of them has to."""
        for part, entry, layer, index in self._began:
            for name in NEEDED[part]:
                if name not in entry:
                    yield layer.fault((part, index), f"nothing says the {name} of {entry['key']}")

    def _entry(self, part: str, key: str) -> Entry | None:
        return next((entry for entry in self.terms[part] if entry["key"] == key), None)

    def _begin(self, part: str, entry: Entry, layer: Document, index: int) -> Entry:
        begun = dict(entry)
        self._began.append((part, begun, layer, index))
        for name in begun:
            self._said_by[part, begun["key"], name] = layer.data["pack"]
        return begun

    def _overlay(self, part: str, known: Entry, entry: Entry, layer: Document, index: int) -> Iterator[Fault]:
        shortened = part == "duties" and all(known.get(name) is not None for name in CLOCK)
        if shortened:
            yield from self._clock(known, entry, layer, index)
        for name, value in entry.items():
            if (shortened and name in CLOCK and value is not None) or value == known.get(name):
                continue
            is_own_word = layer.data["level"] == "district" and value and (part, name) in OWN_WORDS
            if is_own_word or (known.get(name) is None and name not in SAID_BY_SILENCE):
                known[name] = value
                self._said_by[part, known["key"], name] = layer.data["pack"]
            else:
                does = "removes" if value is None else "changes"
                yield self._refusal(does, (part, index, name), known["key"], layer)

    def _clock(self, known: Entry, entry: Entry, layer: Document, index: int) -> Iterator[Fault]:
        wanted = known | {name: entry[name] for name in CLOCK if entry.get(name) is not None}
        if [wanted[name] for name in CLOCK] == [known[name] for name in CLOCK]:
            return
        (unit, old), (new_unit, new) = self._span(known), self._span(wanted)
        place = ("duties", index, "due" if wanted["due"] != known["due"] else "fact")
        if new is None:
            yield layer.fault(place, f"{wanted['fact']} has no number to count")
        elif old and new and unit != new_unit:
            yield self._refusal("counts in another unit", place, known["key"], layer)
        elif new > (old or 0):
            yield self._refusal(
                f"lengthens from {old} to {new} {new_unit.replace('_', ' ')}", place, known["key"], layer
            )
        else:
            known.update(wanted)
            self._said_by.update({("duties", known["key"], name): layer.data["pack"] for name in CLOCK})

    def _span(self, duty: Entry) -> tuple[str, int | None]:
        return duty["due"], 0 if duty["due"] == "at_once" else self._lengths.get(duty["fact"])

    def _turned_around(self, layer: Document) -> Iterator[Fault]:
        for part, other, does in (
            ("recipients", "excluded_recipients", "makes a recipient of"),
            ("excluded_recipients", "recipients", "takes away as recipient"),
        ):
            for index, entry in enumerate(layer.data.get(part, ())):
                if self._entry(other, entry["key"]):
                    yield self._refusal(does, (part, index, "key"), entry["key"], layer, (other, entry["key"], "key"))

    def _form(self, layer: Document) -> Iterator[Fault]:
        known = self.terms["written_form"]
        form = layer.data.get("written_form", known)
        if known is None:
            self.terms["written_form"] = form
            self._said_by["written_form",] = layer.data["pack"]
        elif form != known:
            does = "removes" if form is None else "changes"
            yield self._refusal(does, ("written_form",), "the form", layer, ("written_form",))

    def _refusal(
        self, does: str, place: tuple[str | int, ...], key: str, layer: Document, said: tuple[str, ...] | None = None
    ) -> Fault:
        above = self._said_by.get(said or (str(place[0]), key, str(place[-1])), "")
        return layer.fault(place, f"{layer.data['pack']} {does} {key}" + (f", as {above} says it" if above else ""))
