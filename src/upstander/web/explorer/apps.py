from importlib import import_module

from django.apps import AppConfig, apps
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

MAILS = (
    (task_submitted, "TaskState", "group_approval_task_submitted_email_notification"),
    (workflow_submitted, "WorkflowState", "workflow_state_submitted_email_notification"),
    (workflow_rejected, "WorkflowState", "workflow_state_rejected_email_notification"),
    (workflow_approved, "WorkflowState", "workflow_state_approved_email_notification"),
)


class ExplorerConfig(AppConfig):
    name = "upstander.web.explorer"
    label = "web_explorer"

    def ready(self) -> None:
        """Hand Wagtail the form in which pages are checked, and take from it the mails it would send: ours are rows."""
        page = apps.get_model("library", "OwnPage")
        page.base_form_class = import_module("upstander.web.explorer.forms").OwnPageForm
        for signal, sender, name in MAILS:
            signal.disconnect(sender=apps.get_model("wagtailcore", sender), dispatch_uid=name)
