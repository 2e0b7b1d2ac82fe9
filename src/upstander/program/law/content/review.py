"""Looking at the packs as their keeper does: what is still empty, what waits to be published, what runs out next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from upstander.foundation.kernel.content import Fault
from upstander.program.facts.content import Entry
from upstander.program.law.content.layers import ENTRY_LISTS, FACT_LISTS, NEEDED
from upstander.program.law.content.shapes import Pack


@dataclass(frozen=True, slots=True)
class Expiry:
    """The day from which something should have been looked at again."""

    day: date
    what: str


def unfilled(pack: Pack) -> Iterator[Fault]:
    """Every empty field of a pack's file: what nobody has verified, and so nobody is shown."""
    data, told = pack.document.data, pack.document.fault
    for part in ENTRY_LISTS:
        for index, entry in enumerate(data.get(part, ())):
            empty = (name for name in NEEDED[part] if name in entry and entry[name] in (None, []))
            yield from (told((part, index, name), f"{entry['key']} still needs its {name}") for name in empty)
    # A county's numbers are its own; who has to report, and who takes a report, a state has to say.
    needed = ("reviewed_by", "written_form", *(("reporters", "recipients") if pack.level == "state" else ()))
    yield from (told((name,), "still to be filled in") for name in needed if name in data and not data[name])


def facts_of(pack: Pack) -> tuple[str, ...]:
    """Every fact that a pack's file names, each once."""
    data = pack.document.data
    lists = [key for part in FACT_LISTS for key in data.get(part, ())]
    entries = [entry for part in ENTRY_LISTS for entry in data.get(part, ())]
    steps = [key for entry in entries for key in entry.get("steps") or ()]
    return tuple(dict.fromkeys([*lists, *(entry["fact"] for entry in entries if entry.get("fact")), *steps]))


def expiries(packs: Mapping[str, tuple[Pack, ...]], facts: Mapping[str, Entry]) -> list[Expiry]:
    """What runs out and when, the next first: reviews and ends of the newest editions, and the facts they name."""
    found = set()
    for *_, pack in packs.values():
        found.add(Expiry(pack.review_by, f"review of {pack.edition}"))
        if pack.effective_to:
            found.add(Expiry(pack.effective_to, f"end of {pack.edition}"))
        found |= {Expiry(facts[key].expires_on, f"fact {key}") for key in facts_of(pack)}
    return sorted(found, key=lambda one: (one.day, one.what))


def without_address(pack: Pack, facts: Mapping[str, Entry]) -> tuple[str, ...]:
    """The facts of a pack whose source cannot be opened to read it again."""
    return tuple(key for key in facts_of(pack) if not facts[key].source_address)
