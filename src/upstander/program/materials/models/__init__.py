"""What is printed, given out and wished for: a catalogue, a ledger of every copy's way, parcels, calls to take copies
back; wishes, and promises to fulfill them.

Where copies are is always the sum of the ledger; `shelf_count` repeats it for the database to refuse what is not there.
"""

from upstander.program.materials.models.catalogue import LANGUAGES, TITLE_LENGTH, Edition, Material
from upstander.program.materials.models.stock import Movement, Parcel, Recall
from upstander.program.materials.models.wishes import (
    HOURS_LENGTH,
    PLACE_LENGTH,
    WISH_LENGTH,
    DonorWish,
    DropOff,
    Pledge,
    thing_name,
)

__all__ = [
    "DonorWish",
    "DropOff",
    "Edition",
    "HOURS_LENGTH",
    "LANGUAGES",
    "Material",
    "Movement",
    "PLACE_LENGTH",
    "Parcel",
    "Pledge",
    "Recall",
    "TITLE_LENGTH",
    "WISH_LENGTH",
    "thing_name",
]
