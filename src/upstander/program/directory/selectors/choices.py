"""Lists from which forms choose, and how long their texts may be."""

from upstander.program.directory.models.checks import RIGHT_LENGTH, Correction, Verification
from upstander.program.directory.models.entries import (
    NAME_LENGTH,
    NUMBER_LENGTH,
    TEXT_LENGTH,
    Location,
    Phone,
    Service,
)

ACCESS = Location.Access.choices
COSTS = Service.Cost.choices
LOCATION_KINDS = Location.Kind.choices
MAY_REPORT = Service.MayReport.choices
METHODS = Verification.Method.choices
OUTCOMES = Verification.Outcome.choices
PHONE_KINDS = Phone.Kind.choices
ROLES = Verification.Role.choices
TAKES_REPORT = Service.TakesReport.choices
WHAT_IS_WRONG = Correction.What.choices

__all__ = [
    "ACCESS",
    "COSTS",
    "LOCATION_KINDS",
    "MAY_REPORT",
    "METHODS",
    "NAME_LENGTH",
    "NUMBER_LENGTH",
    "OUTCOMES",
    "PHONE_KINDS",
    "RIGHT_LENGTH",
    "ROLES",
    "TAKES_REPORT",
    "TEXT_LENGTH",
    "WHAT_IS_WRONG",
]
