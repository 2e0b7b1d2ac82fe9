"""The one door through which places change."""

from upstander.district.places.services.directory import Loaded, counts_of, load_directory

__all__ = ["Loaded", "counts_of", "load_directory"]
