"""The posts that families may call, as a closed list: no line has room for a person's name."""

from upstander.foundation.kernel.content import Text

LEAD, DEPUTY, OFFICE = "lead", "deputy", "office"
POSTS = {
    LEAD: Text("The person who leads the team", "Quien dirige el equipo"),
    DEPUTY: Text("The deputy", "Quien suple a su responsable"),
    OFFICE: Text("The office of the program", "La oficina del programa"),
}


def post_key(name: Text) -> str:
    """The key of a post by its name; "" for a name that is none of the list."""
    return next((key for key, known in POSTS.items() if known == name), "")
