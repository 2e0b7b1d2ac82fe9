"""Steps of a walk, as all staff pages take them."""

from upstander.web.shared.steps import take

__all__ = ["take"]
