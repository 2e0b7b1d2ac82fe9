"""Notices are rows first, sent by a job afterwards: a mail never leaves inside a change of state."""

from django.db import models

from upstander.foundation.kernel.models import DistrictModel


class Notice(DistrictModel):
    """One message to one person. `facts` holds what the template shows; the text is drawn when it is sent."""

    key = models.CharField(max_length=120)  # idempotency: the same happening never writes twice
    kind = models.CharField(max_length=60)  # names the template notices/<kind>.txt
    recipient = models.EmailField()
    language = models.CharField(max_length=5)
    facts = models.JSONField(default=dict)
    calendar = models.TextField(blank=True)  # an iCalendar file to attach, or nothing
    is_private = models.BooleanField(default=False)  # in no list, the demo's sent mail included
    windows = models.JSONField(default=list)  # pairs of moments between which it may go out; without any, always
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "key"], name="notice_once")]


class NoticeSent(DistrictModel):
    """That a notice went out, when, and as what text. One row per notice: the database refuses a second."""

    notice_id = models.BigIntegerField()
    sent_at = models.DateTimeField()
    subject = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "notice_id"], name="notice_sent_once")]


class NoticeTrouble(DistrictModel):
    """That a notice could not be handed over: why, how often, and what becomes of it. Gone once it went out."""

    class State(models.TextChoices):
        RETRYING = "retrying"
        STOPPED = "stopped"  # waits for a person
        GIVEN_UP = "given_up"

    class Cause(models.TextChoices):
        REFUSED = "refused"  # the mail server does not take it for this address
        LATER = "later"  # the mail server says: not now
        LOGIN = "login"
        UNREACHABLE = "unreachable"

    notice_id = models.BigIntegerField()
    cause = models.CharField(max_length=12, choices=Cause.choices)
    code = models.PositiveSmallIntegerField(null=True)  # of the server's answer; its words may hold an address
    tries_count = models.PositiveSmallIntegerField()
    tried_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district_id", "notice_id"], name="notice_trouble_once")]
