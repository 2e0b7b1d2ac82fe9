"""Reading somebody else's calendar file (RFC 5545) for one question only: when are they taken? Pure.

Nothing but times is read: no title, place or name leaves this package. A file that is broken, or that tries to make
us count for ever, is refused as a whole with the line it stands in.
"""

from upstander.engines.calendar_files.busy import Busy, busy_times
from upstander.engines.calendar_files.lines import MOST_BYTES, CalendarRefused, Why

__all__ = ["MOST_BYTES", "Busy", "CalendarRefused", "Why", "busy_times"]
