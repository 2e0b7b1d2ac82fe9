"""The people of the demo whom one can sign in as. Fictional; shown in the terminal and on the demo's sign-in page."""

from dataclasses import dataclass

PASSWORD = "alder valley demo"  # noqa: S105 - the demo's own, printed for everyone; production has no demo people


@dataclass(frozen=True)
class DemoPerson:
    """One account: what the person does, and what to type; and where in which district the post is."""

    role: str
    address: str
    password: str
    district: str
    staff_number: str
    given_name: str
    family_name: str
    post: str
    region: str = ""
    at_school: bool = False  # in the first high school of the region


ALDER, NORTH = "alder-valley", "north-fork"
PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson(
        "Program coordinator",
        "coordinator@example.org",
        PASSWORD,
        ALDER,
        "200001",
        "Marisol",
        "Quintero",
        "coordinator",
    ),
    DemoPerson(
        "Regional lead, West",
        "lead@example.org",
        PASSWORD,
        ALDER,
        "200002",
        "Devon",
        "Whitehorse",
        "region_lead",
        "West",
    ),
    DemoPerson(
        "Site administrator",
        "principal@example.org",
        PASSWORD,
        ALDER,
        "200003",
        "Ngozi",
        "Ellison",
        "site_administrator",
        "West",
        at_school=True,
    ),
    DemoPerson(
        "Cadre consultant",
        "consultant@example.org",
        PASSWORD,
        ALDER,
        "200004",
        "Rafael",
        "Tanaka",
        "cadre_member",
        "West",
    ),
    DemoPerson(
        "Teacher",
        "teacher@example.org",
        PASSWORD,
        ALDER,
        "200005",
        "Lucía",
        "Haddad",
        "teacher",
        "West",
        at_school=True,
    ),
    DemoPerson("IT administrator", "it@example.org", PASSWORD, ALDER, "200006", "Kai", "Sullivan", "it_administrator"),
    DemoPerson(
        "Coordinator, North Fork",
        "coordinator.north@example.org",
        PASSWORD,
        NORTH,
        "200001",
        "Teresa",
        "Yazzie",
        "coordinator",
    ),
    DemoPerson(
        "Cadre consultant, North Fork",
        "consultant.north@example.org",
        PASSWORD,
        NORTH,
        "200002",
        "Lorena",
        "Benally",
        "cadre_member",
        "Lower Valley",
    ),
)


@dataclass(frozen=True)
class DemoReviewer:
    """One account without a post: it reviews what the first district writes on its pages, in one role."""

    says: str
    address: str
    name: str
    role: str
    password: str = PASSWORD


REVIEWERS = (
    DemoReviewer("Reviewer for law", "counsel@example.org", "Amara Whitfield", "legal_reviewer"),
    DemoReviewer("Reviewer, survivor advisor", "advisor@example.org", "Joelle Santos", "survivor_advisor"),
    DemoReviewer("Reviewer for language", "language@example.org", "Tomás Aguilar", "language_reviewer"),
)
