"""The one door through which facts change."""

from upstander.program.facts.services.corrections import Correction as Correction
from upstander.program.facts.services.corrections import check_again as check_again
from upstander.program.facts.services.corrections import confirm_change as confirm_change
from upstander.program.facts.services.corrections import correct_fact as correct_fact
from upstander.program.facts.services.corrections import keep_correction as keep_correction
from upstander.program.facts.services.corrections import take_change_back as take_change_back
from upstander.program.facts.services.corrections import take_edition as take_edition
from upstander.program.facts.services.digest import tell_week as tell_week
from upstander.program.facts.services.loading import Loaded as Loaded
from upstander.program.facts.services.loading import load_facts as load_facts
