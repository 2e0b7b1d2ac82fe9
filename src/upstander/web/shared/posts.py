"""What the posts of a district's staff are called."""

from django.utils.translation import gettext_lazy as _

ROLES = {
    "teacher": _("Teacher"),
    "support": _("Counselor, nurse or other support"),
    "classified": _("Classified staff: aide, clerk, driver, cook, custodian"),
    "site_administrator": _("Site administrator"),
    "site_designee": _("Site designee"),
    "substitute": _("Substitute"),
    "contractor": _("Contractor"),
    "volunteer": _("Volunteer"),
    "cadre_member": _("Cadre member"),
    "region_lead": _("Regional lead"),
    "region_deputy": _("Regional deputy"),
    "coordinator": _("Coordinator"),
    "it_administrator": _("IT administrator"),
}
