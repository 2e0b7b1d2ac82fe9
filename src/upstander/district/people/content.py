"""What the posts of a district's staff are called: one who holds it, and all who do. Lists are read by these words."""

from collections.abc import Iterable
from typing import NamedTuple

from upstander.foundation.kernel.content import Text, said


class Called(NamedTuple):
    """A post by its holders: one of them, all of them, and how lists say it too.

    `part_of` names the post of which it is a part. A district may part it or not: what is asked of the whole is asked
    of every part.
    """

    one: Text
    many: Text
    also: tuple[Text, ...] = ()
    part_of: str = ""


# By the role that the database keeps.
POSTS: dict[str, Called] = {
    "teacher": Called(Text("Teacher", "Docente"), Text("Teachers", "Docentes")),
    "support": Called(
        Text("Counselor, nurse or other support", "Consejería, enfermería u otro apoyo"),
        Text("Counselors, nurses and other support", "Consejería, enfermería y otro apoyo"),
    ),
    "classified": Called(
        Text(
            "Classified staff: aide, clerk, driver, cook, custodian",
            "Personal clasificado: asistente, secretaría, conducción, cocina, conserjería",
        ),
        Text("Classified staff", "Personal clasificado"),
    ),
    "driver": Called(
        Text("Bus driver", "Conductora o conductor de autobús"),
        Text("Bus drivers", "Quienes conducen autobuses"),
        also=(
            Text("Driver", "Conductor"),
            Text("Drivers", "Conductores"),
            Text("School bus driver", "Conductora"),
            Text("Transportation", "Transporte"),
        ),
        part_of="classified",
    ),
    "food_service": Called(
        Text("Cafeteria and kitchen staff member", "Integrante de cafetería y cocina"),
        Text("Cafeteria and kitchen staff", "Personal de cafetería y cocina"),
        also=(
            Text("Cook", "Cocinera"),
            Text("Cafeteria worker", "Cocinero"),
            Text("Food service", "Cocina"),
            Text("Food service worker", "Cafetería"),
        ),
        part_of="classified",
    ),
    "front_office": Called(
        Text("Front office staff member", "Integrante de la oficina de atención"),
        Text("Front office staff", "Personal de la oficina de atención"),
        also=(
            Text("Front office", "Oficina de atención"),
            Text("School secretary", "Secretaria escolar"),
            Text("Office clerk", "Secretario escolar"),
        ),
        part_of="classified",
    ),
    "site_administrator": Called(
        Text("Site administrator", "Dirección del plantel"),
        Text("Site administrators", "Direcciones de plantel"),
    ),
    "site_designee": Called(
        Text("Site designee", "Persona designada del plantel"),
        Text("Site designees", "Personas designadas del plantel"),
    ),
    "substitute": Called(Text("Substitute", "Suplente"), Text("Substitutes", "Suplentes")),
    "contractor": Called(Text("Contractor", "Contratista"), Text("Contractors", "Contratistas")),
    "volunteer": Called(Text("Volunteer", "Voluntario"), Text("Volunteers", "Voluntarios")),
    "cadre_member": Called(
        Text("Cadre member", "Integrante del equipo de consultoría"),
        Text("Cadre members", "Integrantes del equipo de consultoría"),
    ),
    "region_lead": Called(
        Text("Regional lead", "Responsable de región"), Text("Regional leads", "Responsables de región")
    ),
    "region_deputy": Called(
        Text("Regional deputy", "Suplente de región"), Text("Regional deputies", "Suplentes de región")
    ),
    "coordinator": Called(Text("Coordinator", "Coordinación"), Text("Coordinators", "Coordinación")),
    "it_administrator": Called(
        Text("IT administrator", "Administración de sistemas"), Text("IT administrators", "Administración de sistemas")
    ),
}


def words_of_posts() -> dict[str, tuple[Text, ...]]:
    """By post the words by which a list is read, the first one as it is offered."""
    return {role: (called.one, called.many, *called.also) for role, called in POSTS.items()}


def with_parts(roles: Iterable[str]) -> list[str]:
    """These posts with the parts of each: whoever asks something of classified staff asks drivers too."""
    wanted = list(roles)
    return [*wanted, *(role for role, called in POSTS.items() if called.part_of in wanted and role not in wanted)]


def post_called(role: str) -> str:
    """A post as its one holder bears it, in the language of this request or mail."""
    return said(POSTS[role].one)


def holders_called(role: str) -> str:
    """Those who hold a post, as a board names them."""
    return said(POSTS[role].many)
