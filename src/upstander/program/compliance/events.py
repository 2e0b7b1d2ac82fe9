"""What the audit keeps about requirements, completions and certificates: refs and counts, never a name."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

REQUIREMENT_SET = declare("compliance.requirement_set", _("A requirement was set"), "training", "starts_on", "reason")
REQUIREMENT_ENDED = declare(
    "compliance.requirement_ended", _("A requirement was ended"), "training", "ends_on", "reason"
)
RECOUNTED = declare("compliance.recounted", _("Due days were counted again for everyone"), "count")
COMPLETIONS_RECORDED = declare(
    "compliance.completions_recorded", _("Completions were recorded"), "training", "evidence_kind", "count"
)
COMPLETION_CORRECTED = declare(
    "compliance.completion_corrected", _("A completion was corrected"), "reason", "replaced_by"
)
COMPLETIONS_WITHDRAWN = declare(
    "compliance.completions_withdrawn", _("Completions of one list were taken back"), "reason", "count"
)
SITE_TRAININGS_RECORDED = declare(
    "compliance.site_trainings_recorded", _("Trainings of sites were recorded from a list"), "training", "count"
)
SITE_TRAININGS_WITHDRAWN = declare(
    "compliance.site_trainings_withdrawn", _("Trainings of sites were taken back"), "count"
)
CERTIFICATES_ISSUED = declare("compliance.certificates_issued", _("Certificates were issued"), "count")
CERTIFICATES_REISSUED = declare(
    "compliance.certificates_reissued", _("Certificates were issued anew after a change of name"), "count"
)
OBLIGATIONS_RECOMPUTED = declare(
    "compliance.obligations_recomputed", _("Obligations that were not up to date were put right: %(count)s"), "count"
)
PACK_ASKED = declare("compliance.pack_asked", _("The file of an auditor pack was asked for"), "on")
PACK_MADE = declare("compliance.pack_made", _("An auditor pack was made"), "digest", "people")
PACK_FILES_FORGOTTEN = declare(
    "compliance.pack_files_forgotten", _("Files of auditor packs were erased when their time was over"), "count"
)
REMINDERS_SET = declare("compliance.reminders_set", _("The schedule of reminders was set"), "is_on")
REMINDED = declare("compliance.reminded", _("%(count)s people were reminded of trainings that are due"), "count")
SITE_CERTIFIED = declare(
    "compliance.site_certified", _("The review of a site's standing was certified"), "site", "replaces"
)
