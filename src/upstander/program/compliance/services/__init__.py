"""The one door through which the ledger and what it is held against change."""

from upstander.program.compliance.services.certificates import issue_certificates as issue_certificates
from upstander.program.compliance.services.certificates import rename_and_reissue as rename_and_reissue
from upstander.program.compliance.services.certifications import certify_site as certify_site
from upstander.program.compliance.services.completions import Entry as Entry
from upstander.program.compliance.services.completions import correct_completion as correct_completion
from upstander.program.compliance.services.completions import record_completions as record_completions
from upstander.program.compliance.services.obligations import recompute_obligations as recompute_obligations
from upstander.program.compliance.services.packs import ask_for_file as ask_for_file
from upstander.program.compliance.services.packs import ask_for_pack as ask_for_pack
from upstander.program.compliance.services.packs import keep_pack as keep_pack
from upstander.program.compliance.services.packs import tell_part as tell_part
from upstander.program.compliance.services.recounts import count_part as count_part
from upstander.program.compliance.services.reminders import set_schedule as set_schedule
from upstander.program.compliance.services.reminders import write_reminders as write_reminders
from upstander.program.compliance.services.requirements import Terms as Terms
from upstander.program.compliance.services.requirements import end_requirement as end_requirement
from upstander.program.compliance.services.requirements import preview_requirement as preview_requirement
from upstander.program.compliance.services.requirements import set_requirement as set_requirement
from upstander.program.compliance.services.site_trainings import SiteEntry as SiteEntry
from upstander.program.compliance.services.site_trainings import record_site_trainings as record_site_trainings
from upstander.program.compliance.services.site_trainings import restore_site_trainings as restore_site_trainings
from upstander.program.compliance.services.site_trainings import withdraw_site_trainings as withdraw_site_trainings
from upstander.program.compliance.services.withdrawals import withdraw_completions as withdraw_completions
