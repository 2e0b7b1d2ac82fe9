"""Making the pack's file. Asked the same, it gives the same bytes: who asks, and when, is not in it."""

from dataclasses import dataclass
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from upstander.district.places.selectors import district_of
from upstander.engines.bundles import bundle, digest
from upstander.foundation.documents.engine import draw
from upstander.foundation.kernel.actor import Actor
from upstander.program.compliance.models import Requirement
from upstander.program.compliance.selectors.packs import words
from upstander.program.compliance.selectors.packs.recipes import has_roles
from upstander.program.compliance.selectors.packs.rows import Counted, Question, parts, versions

TEMPLATE = Path(__file__).parents[2] / "documents" / "pack.typ"


@dataclass(frozen=True, slots=True)
class Pack:
    """The zip file, its SHA-256, and how many people it tells of."""

    content: bytes
    digest: str
    person_count: int


def make_pack(*, actor: Actor, of: Question) -> Pack:
    """Count everything and write the pack. Needs `proof.pack` in the whole district."""
    return write_pack(actor=actor, of=of, trainings=[count() for count in parts(actor=actor, of=of)])


def write_pack(*, actor: Actor, of: Question, trainings: list[Counted]) -> Pack:
    """The pack of what was counted before, training by training. Needs `proof.pack` in the whole district."""
    rules, district = versions(actor=actor, of=of), district_of(actor=actor)
    with translation.override(of.language):
        facts = words.question_facts(of, district.name, district.zone)
        files = {
            "people.csv": words.people_table(trainings),
            "sessions.csv": words.evidence_table(trainings),
            "sites.csv": words.sites_table(trainings),
            **({"roles.csv": words.roles_table(trainings)} if has_roles(of.recipe) else {}),
            "requirements.csv": words.rules_table(rules, of.known_at),
            "query.txt": words.query_text(of, facts, trainings),
            "summary.pdf": draw(TEMPLATE, _said(of, facts, trainings, rules), at=of.known_at).pdf,
        }
    content = bundle(files)
    people = {each.ref for training in trainings for each in training.people}
    return Pack(content, digest(content), len(people))


def _said(of: Question, facts: words.Facts, trainings: list[Counted], rules: list[Requirement]) -> dict[str, object]:
    return {
        "language": of.language[:2],
        "title": _("Auditor pack"),
        "facts": facts,
        "counted": _("What was counted"),
        "trainings": [
            {
                "title": each.asked.title,
                "said": words.counts_in_words(each),
                "source": f"{_('Source')}: {each.asked.source}. {_('Answers for it')}: {each.asked.owner}.",
            }
            for each in trainings
        ],
        "nothing": "" if trainings else _("Nothing was asked of anybody on this day."),
        "meanings": _("What the words mean"),
        "definitions": words.definitions(of.recipe),
        "rules": _("The pack holds %(count)s rows of requirements, those replaced by then included.")
        % {"count": len(rules)},
    }
