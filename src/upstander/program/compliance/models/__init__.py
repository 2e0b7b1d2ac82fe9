"""What compliance keeps: the ledger with what it is held against, proofs made of it, and who was reminded of it."""

from upstander.program.compliance.models.ledger import CODE_LENGTH as CODE_LENGTH
from upstander.program.compliance.models.ledger import Certificate as Certificate
from upstander.program.compliance.models.ledger import Completion as Completion
from upstander.program.compliance.models.ledger import Obligation as Obligation
from upstander.program.compliance.models.ledger import Requirement as Requirement
from upstander.program.compliance.models.ledger import Retraction as Retraction
from upstander.program.compliance.models.ledger import Revocation as Revocation
from upstander.program.compliance.models.ledger import SiteTraining as SiteTraining
from upstander.program.compliance.models.ledger import SiteTrainingRetraction as SiteTrainingRetraction
from upstander.program.compliance.models.ledger import new_certificate_code as new_certificate_code
from upstander.program.compliance.models.proof import AuditPack as AuditPack
from upstander.program.compliance.models.proof import PackFile as PackFile
from upstander.program.compliance.models.proof import Recount as Recount
from upstander.program.compliance.models.proof import SiteCertification as SiteCertification
from upstander.program.compliance.models.reminders import Reminder as Reminder
from upstander.program.compliance.models.reminders import ReminderDigest as ReminderDigest
from upstander.program.compliance.models.reminders import ReminderSchedule as ReminderSchedule
