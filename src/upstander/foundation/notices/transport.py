"""Handing a mail over to the mail server, and reading its refusals."""

import smtplib
from dataclasses import dataclass
from email.mime.text import MIMEText

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from upstander.foundation.notices.models import Notice, NoticeTrouble

PERMANENT = 5  # the hundreds of an answer that will not change by asking again (RFC 5321, 4.2.1)
Cause = NoticeTrouble.Cause


@dataclass(eq=False)  # not frozen: Python itself writes into what is raised
class NotDelivered(Exception):
    """The mail server did not take it. Holds no word of the server's: those may name the recipient."""

    cause: str
    code: int | None = None
    is_permanent: bool = False


def deliver(notice: Notice, subject: str, body: str) -> None:
    """Hand the mail over. Raises NotDelivered."""
    try:
        _message(notice, subject, body).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        code = max((answer[0] for answer in refusal.recipients.values()), default=None)
        raise _refused(code) from None
    except smtplib.SMTPAuthenticationError as refusal:
        raise NotDelivered(Cause.LOGIN, refusal.smtp_code) from None
    except smtplib.SMTPResponseException as refusal:
        raise _refused(refusal.smtp_code) from None
    except (smtplib.SMTPException, OSError):
        raise NotDelivered(Cause.UNREACHABLE) from None


def _refused(code: int | None) -> NotDelivered:
    is_permanent = code is not None and code // 100 == PERMANENT
    return NotDelivered(Cause.REFUSED if is_permanent else Cause.LATER, code, is_permanent)


def _message(notice: Notice, subject: str, body: str) -> EmailMultiAlternatives:
    sender = settings.DEFAULT_FROM_EMAIL
    domain = sender.rpartition("@")[2].rstrip(">") or "localhost"
    # The same notice is the same message, also when it is sent once more: mail programs show it once.
    headers = {"Message-ID": f"<{notice.ref}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(subject, body, sender, [notice.recipient], headers=headers)
    if notice.calendar:
        message.attach(_invitation(notice.calendar))
    return message


def _invitation(calendar: str) -> MIMEText:
    """The calendar file as mail programs expect it: its METHOD stands in the header too, or they show no buttons."""
    part = MIMEText(calendar, "calendar", "utf-8")
    method = next((line.partition(":")[2] for line in calendar.splitlines() if line.startswith("METHOD:")), "PUBLISH")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="invitation.ics")
    return part
