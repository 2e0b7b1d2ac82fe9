"""The directory: organizations, their services and places, and what was checked about them when, how and by whom.

The tables of entries belong to a district and are edited; `Listing` is what the district has published for everyone,
drawn from them at each check. Readers, exports and the interface for other programs read listings and nothing else, so
that whatever is confidential cannot come out: it never went in.
"""

from upstander.program.directory.models.checks import Correction, Verification
from upstander.program.directory.models.entries import (
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from upstander.program.directory.models.imports import Batch, Candidate
from upstander.program.directory.models.listings import Listing, Word
from upstander.program.directory.models.moves import ConfidentialAddress, PlaceMove

__all__ = [
    "Batch",
    "Candidate",
    "ConfidentialAddress",
    "Correction",
    "Listing",
    "Location",
    "Organization",
    "Phone",
    "PlaceMove",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "Verification",
    "Word",
]
