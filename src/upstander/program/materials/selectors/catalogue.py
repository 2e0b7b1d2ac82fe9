"""The catalogue as its keeper reads it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from upstander.foundation.kernel.actor import Actor
from upstander.foundation.kernel.errors import NotFound
from upstander.program.materials import policies
from upstander.program.materials.content.catalogue import shipped_materials
from upstander.program.materials.models import Edition, Material, Movement
from upstander.program.materials.selectors.holdings import holders


@dataclass(frozen=True, slots=True)
class Listed:
    """A material with its editions, newest first, and how many copies of each are out at how many sites."""

    material: Material
    editions: list["ListedEdition"]

    @property
    def shelf_count(self) -> int:
        """Copies on the shelf that may be sent."""
        return sum(each.edition.shelf_count for each in self.editions if each.edition.withdrawn_at is None)

    @property
    def out_count(self) -> int:
        """Copies that sites hold."""
        return sum(each.out_count for each in self.editions)


@dataclass(frozen=True, slots=True)
class ListedEdition:
    """One edition and where its copies are."""

    edition: Edition
    out_count: int
    site_count: int


def catalogue(*, actor: Actor) -> list[Listed]:
    """Every material of the district, retired ones last. Needs `materials.manage`; three queries however many."""
    policies.require_manager(actor)
    found = list(_materials(actor).order_by("retired_on", "kind", "title_en", "id"))
    return _listed(actor, sorted(found, key=lambda material: material.retired_on is not None))


def material_by_ref(*, actor: Actor, ref: str) -> Listed:
    """One material. Needs `materials.manage`; raises NotFound."""
    policies.require_manager(actor)
    found = _listed(actor, _materials(actor).filter(ref=ref))
    if not found:
        raise NotFound(ref)
    return found[0]


def movements_of(*, actor: Actor, material: Material) -> QuerySet[Movement]:
    """The ledger of a material, newest first. Needs `materials.manage`."""
    policies.require_manager(actor)
    found = Movement.objects.filter(district_id=actor.district_id, edition__material=material)
    return found.select_related("edition", "site").order_by("-at", "-id")


def shipped_to_take(*, actor: Actor) -> int:
    """How many shipped editions are not in the catalogue yet. Needs `materials.manage`."""
    policies.require_manager(actor)
    known = set(
        Edition.objects.filter(district_id=actor.district_id).values_list("material__key", "language", "edition_on")
    )
    retired = Material.objects.filter(district_id=actor.district_id, retired_on__isnull=False)
    passed = set(retired.values_list("key", flat=True))
    offered = {
        (each.key, language, each.edition_on)
        for each in shipped_materials().values()
        for language in each.languages
        if each.key not in passed
    }
    return len(offered - known)


def _materials(actor: Actor) -> QuerySet[Material]:
    editions = Edition.objects.order_by("-edition_on", "language", "id")
    return Material.objects.filter(district_id=actor.district_id).prefetch_related(Prefetch("editions", editions))


def _listed(actor: Actor, materials: Iterable[Material]) -> list[Listed]:
    materials = list(materials)
    editions = [edition for material in materials for edition in material.editions.all()]
    out: dict[int, list[int]] = {edition.pk: [] for edition in editions}
    for edition_id, _site_id, count in holders(actor=actor, editions=editions):
        out[edition_id].append(count)
    return [
        Listed(
            material,
            [ListedEdition(each, sum(out[each.pk]), len(out[each.pk])) for each in material.editions.all()],
        )
        for material in materials
    ]
