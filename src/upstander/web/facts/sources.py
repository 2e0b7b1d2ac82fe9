"""Where everything on the public pages comes from: by fact and by page. Nothing here tells what only staff may read."""

from collections import defaultdict

from django.http import HttpResponse
from django.shortcuts import render

from upstander.program.facts.selectors.uses import Use, all_uses
from upstander.program.law.selectors.here import facts_here, here
from upstander.web.facts.places import address_of
from upstander.web.facts.words import KINDS
from upstander.web.shared.access import DistrictRequest
from upstander.web.shared.entrances import Entrance, asked


def sources(request: DistrictRequest, entrance: Entrance) -> HttpResponse:
    """Every number, law and figure of the open pages, with its source and the day it was read."""
    known = asked(request)
    actor, on = known["actor"], known["on"]
    by_fact: dict[str, list[Use]] = defaultdict(list)
    by_place: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in all_uses(actor=actor, on=on, with_papers=False):  # a paper says what the pages say
        if use.is_public:
            by_fact[use.fact].append(use)
            by_place[use.part, use.key].append(use)
    book = facts_here(actor=actor, found=here(actor=actor, on=on), keys=by_fact, language=known["language"], on=on)
    found = {key: book[key] for key in by_fact}
    facts = {fact.key: fact for fact in sorted(found.values(), key=lambda fact: fact.label.casefold())}
    address = {place: address_of(uses[0]) for place, uses in by_place.items()}
    drawn = [(fact, [(use, address[use.part, use.key]) for use in by_fact[fact.key]]) for fact in facts.values()]
    context = {
        "kinds": [(kind, mine) for kind in KINDS if (mine := [each for each in drawn if each[0].kind == kind])],
        "places": [
            (uses[0], address[place], tuple(found[use.fact] for use in uses)) for place, uses in by_place.items()
        ],
        "without_address": sum(not fact.source_address for fact in facts.values()),
    }
    return render(request, "facts/sources.html", context)
