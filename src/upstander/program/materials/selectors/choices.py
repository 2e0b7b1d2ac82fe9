"""The choices that forms offer: web never imports models."""

from upstander.foundation.kernel.content import Text
from upstander.program.materials.content.catalogue import shipped_wishes
from upstander.program.materials.models import (
    HOURS_LENGTH,
    LANGUAGES,
    PLACE_LENGTH,
    TITLE_LENGTH,
    WISH_LENGTH,
    DonorWish,
    DropOff,
    Edition,
    Material,
    Movement,
    Parcel,
)

__all__ = [
    "AUDIENCES",
    "HOURS_LENGTH",
    "HOWS",
    "KINDS",
    "LANGUAGES",
    "MANNERS",
    "PLACE_LENGTH",
    "PURPOSES",
    "REASONS",
    "SIZES",
    "TITLE_LENGTH",
    "WISH_LENGTH",
    "WITHDRAWALS",
    "wishes",
]

KINDS, AUDIENCES, SIZES = Material.Kind.choices, Material.Audience.choices, Material.Size.choices
REASONS, HOWS = Movement.Reason.choices, Parcel.How.choices
WITHDRAWALS = [each for each in Edition.Withdrawal.choices if each[0] != Edition.Withdrawal.FACT]
PURPOSES, MANNERS = DonorWish.Purpose.choices, DropOff.Manner.choices


def wishes() -> dict[str, Text]:
    """What can be ticked at the front door. Takes no actor: it ships."""
    return shipped_wishes()
