"""Reviews of whole pages: of one that ships, as a row; of one of a district's own, as a task of Wagtail's workflow."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, Task, TaskState

from upstander.district.accounts.models import Account
from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.library import states
from upstander.program.library.models.shelves import Seat

APPROVE, REJECT = "approve", "reject"
KEY, EDITION, ROLE = 60, 12, 16  # letters


class PageArrival(DistrictModel):
    """Since when an edition of a page is there for the district's reviewers. Rows are only added."""

    page = models.CharField(max_length=KEY)
    edition = models.CharField(max_length=EDITION)
    came_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "page", "edition"], name="page_arrival_once")]


class PageReview(DistrictModel):
    """That somebody reviewed a page of the edition in one role, for one district. Rows are only added.

    `said` are its passages as they read them: a later edition is open again, and tells what changed. Nobody takes two
    of the three reviews. One that was taken back leaves its place open; the database holds both among those that stand.
    """

    page = models.CharField(max_length=KEY)
    edition = models.CharField(max_length=EDITION)
    step = models.CharField(max_length=ROLE, choices=[(step.value, step.value) for step in states.REVIEWS])
    said = models.JSONField()
    read_on = models.DateField()
    taken_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["district_id", "page", "edition"], name="page_review_of_edition")]


class PageReviewEnd(DistrictModel):
    """That a review was taken back, by whom and why: it does not stand from then on. Rows are only added."""

    review = DistrictForeignKey(PageReview, related_name="ends", db_index=False)
    reason = models.CharField(max_length=ROLE, choices=[(why.value, why.value) for why in states.TakenBack])
    taken_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review"], name="page_review_end_once")]


class ReviewTask(Task):
    """Somebody who sits in this role reads the page: who neither wrote it nor reads it in another role."""

    role = models.CharField(max_length=16, choices=[(step.value, step.value) for step in states.REVIEWS], unique=True)

    class Meta:
        verbose_name = _("review")

    def __str__(self) -> str:
        return str(states.WORDS[states.Step(self.role)])

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Who reviews may open the page; who then changes it has become one who wrote it."""
        return self._is_seated(user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it is reviewed, others leave it alone; whoever sent it in can take it back."""
        return not self._is_seated(user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What this person may decide: to ask for changes, and, of others' words, to approve."""
        if not self._is_seated(user):
            return []
        approve = [] if user.pk in barred({obj: self.pk})[obj.pk] else [(APPROVE, _("Approve"), False)]
        return [*approve, (REJECT, _("Ask for changes"), True)]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **more: Any) -> None:
        """Decide. Asked again at the very moment: the same request may have saved words of the reviewer's own."""
        page = task_state.workflow_state.content_object
        if action_name not in {name for name, _label, _modal in self.get_actions(page, user)}:
            raise PermissionDenied
        if action_name == APPROVE and not page.get_latest_revision_as_object().is_whole:
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **more)

    def get_task_states_user_can_moderate(self, user: Any, **more: Any) -> Any:
        """What waits for this person."""
        waiting = TaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        return waiting if self._is_seated(user) else waiting.none()

    @classmethod
    def get_description(cls) -> str:
        """What Wagtail says of it where it lists workflows."""
        return str(_("A review that no publish can skip"))

    def _is_seated(self, user: Any) -> bool:
        return Seat.objects.filter(role=self.role, group__user=user).exists()


def barred(waiting: Mapping[Any, int]) -> dict[int, set[int]]:
    """By page's id the accounts that may not approve it in the review it waits for, given by the task's id.

    Whoever wrote any of it since readers last saw it, and whoever has approved this version in another role. The
    database asks the same when a page goes live.
    """
    pages = {str(page.pk): page for page in waiting}
    found: dict[int, set[int]] = defaultdict(set)
    wrote = Revision.page_revisions.filter(object_id__in=pages).values_list("object_id", "user_id", "pk")
    for key, account, version in wrote:
        if version > (pages[key].live_revision_id or 0):
            found[pages[key].pk].add(account)
    newest = {page.latest_revision_id: page for page in waiting}
    approved = TaskState.objects.filter(revision__in=newest, status=TaskState.STATUS_APPROVED)
    for version, account, task in approved.values_list("revision_id", "finished_by_id", "task_id"):
        if task != waiting[newest[version]]:
            found[newest[version].pk].add(account)
    return found
