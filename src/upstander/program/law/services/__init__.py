"""The one door through which the choice of law changes."""

from upstander.program.law.services._copies import COPY_CALLS as COPY_CALLS
from upstander.program.law.services.adoption import adopt_rule_set as adopt_rule_set
from upstander.program.law.services.adoption import end_rule_set as end_rule_set
