"""Consultations in the hands of members of the Cadre."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from upstander.foundation.kernel.models import DistrictForeignKey, DistrictModel
from upstander.program.training.models.cadre import CadreMember
from upstander.program.training.models.requests import Request

LEAST_CALL_MINUTES, MOST_CALL_MINUTES = 5, 240
MADE = ["answered", "session_next", "other_office"]


class CallBack(DistrictModel):
    """One member has a consultation in hand, from the moment they take it until it ends there.

    How it ended is one of a few words, never what was talked about. A consultation that was handed back and taken by
    somebody else has a row for each of them.
    """

    class End(models.TextChoices):
        ANSWERED = "answered", _("The questions are answered")
        SESSION_NEXT = "session_next", _("Answered; the site will ask for a session")
        OTHER_OFFICE = "other_office", _("Another office was named that gives this")
        NO_TIME = "no_time", _("There is no time for it before its day")
        KNOWLEDGE = "knowledge", _("Somebody with other knowledge is needed")
        TIE = "tie", _("A close tie at the site")
        NOT_REACHED = "not_reached", _("Called at several of the chosen times and reached nobody")
        TAKEN_OVER = "taken_over", _("The office took it over")
        ENDED = "ended", _("The request ended")

    request = DistrictForeignKey(Request, related_name="call_backs")
    member = DistrictForeignKey(CadreMember, related_name="call_backs")
    taken_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, choices=End.choices, blank=True)
    on = models.DateField(null=True)  # the day of the call, where one was made
    minutes = models.PositiveSmallIntegerField(null=True)  # how long it took

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district_id", "request"], condition=Q(ended_at__isnull=True), name="consultation_in_one_hand"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False) & ~Q(end=""),
                name="call_back_ends_somehow",
            ),
            models.CheckConstraint(
                condition=Q(end__in=MADE, on__isnull=False, minutes__isnull=False)
                & Q(minutes__gte=LEAST_CALL_MINUTES, minutes__lte=MOST_CALL_MINUTES)
                | ~Q(end__in=MADE) & Q(on__isnull=True, minutes__isnull=True),
                name="call_that_was_made_took_its_time",
            ),
        ]
        indexes = [models.Index(fields=["district_id", "member", "taken_at"], name="call_backs_of_member")]


CALL_MADE = tuple(map(CallBack.End, MADE))
HANDED_BACK = (CallBack.End.NO_TIME, CallBack.End.KNOWLEDGE, CallBack.End.TIE, CallBack.End.NOT_REACHED)
