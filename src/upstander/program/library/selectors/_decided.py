"""What the versions of a district's own words have in common, whichever kind they are of."""

from upstander.program.library.models import Campaign, LocalPassage
from upstander.program.library.states import Step


class Decided:
    """A row of words with the steps that were taken with it."""

    __slots__ = ()
    row: LocalPassage | Campaign

    @property
    def is_ended(self) -> bool:
        """Whether readers saw it until somebody took it out."""
        return any(step.step == Step.ENDED for step in self.row.steps.all())

    @property
    def barred(self) -> frozenset[int]:
        """The accounts that take no further step with it: whose words they are, and who has decided about them."""
        return frozenset({self.row.entered_by_id, *(step.taken_by_id for step in self.row.steps.all())})
