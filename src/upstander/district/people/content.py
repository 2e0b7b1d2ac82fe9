"""What the posts of a district's staff are called: one who holds it, and all who do. Lists are read by these words."""

from typing import NamedTuple

from upstander.foundation.kernel.content import Text, said


class Called(NamedTuple):
    """A post by its holders: one of them, and all of them."""

    one: Text
    many: Text


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


def post_called(role: str) -> str:
    """A post as its one holder bears it, in the language of this request or mail."""
    return said(POSTS[role].one)


def holders_called(role: str) -> str:
    """Those who hold a post, as a board names them."""
    return said(POSTS[role].many)
