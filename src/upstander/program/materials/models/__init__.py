"""What is printed and given out: the catalogue, a ledger of every copy's way, parcels, and calls to take copies back.

Where copies are is always the sum of the ledger; `shelf_count` repeats it for the database to refuse what is not there.
"""

from upstander.program.materials.models.catalogue import TITLE_LENGTH, Edition, Material
from upstander.program.materials.models.stock import Movement, Parcel, Recall

__all__ = ["Edition", "Material", "Movement", "Parcel", "Recall", "TITLE_LENGTH"]
