"""Asking another server for a file: the only way out of this house, and it leads to named public hosts alone.

Whoever types an address chooses what our server does inside its own network. So nothing is asked but https on its
usual port, of hosts that the operator named, at public addresses, and what was checked is what is connected to.
"""

from upstander.foundation.fetching.addresses import Address, read_address
from upstander.foundation.fetching.causes import Cause, FetchFailed
from upstander.foundation.fetching.fetch import MOST_BYTES, Fetched, fetch

__all__ = ["MOST_BYTES", "Address", "Cause", "FetchFailed", "Fetched", "fetch", "read_address"]
