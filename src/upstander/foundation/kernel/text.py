"""Text as it is compared and sorted, so that every database sorts people and schools alike."""

import unicodedata


def sort_key(name: str) -> str:
    """`name` without accents and case, blanks folded: "Éva  Álvarez" sorts as "eva alvarez"."""
    if name.isascii():  # most names, and nothing to take off
        return " ".join(name.casefold().split())
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(ch for ch in plain if not unicodedata.combining(ch)).casefold().split())
