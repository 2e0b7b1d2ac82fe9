"""Evenings for families and symposiums: what they carry, who speaks, who has signed up."""

from upstander.program.gatherings.models.evenings import Evening, PlacesWanted

__all__ = ["Evening", "PlacesWanted"]
