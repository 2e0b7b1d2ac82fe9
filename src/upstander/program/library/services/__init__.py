"""The one door through which a district's own words change."""

from upstander.program.library.services._prints import MAKE_PRINTS as MAKE_PRINTS
