"""Evenings for families and symposiums: what they carry, who speaks, who has signed up."""

from upstander.program.gatherings.models.evenings import Evening, PlacesWanted
from upstander.program.gatherings.models.symposiums import (
    AgendaSlot,
    CoHost,
    Guest,
    Speaker,
    SpeakerPayment,
    Symposium,
)

__all__ = [
    "AgendaSlot",
    "CoHost",
    "Evening",
    "Guest",
    "PlacesWanted",
    "Speaker",
    "SpeakerPayment",
    "Symposium",
]
