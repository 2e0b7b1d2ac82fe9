"""Reading law: the packs that ship and what a district has made of them."""

from upstander.program.law.selectors.packs import COUNTRY as COUNTRY
from upstander.program.law.selectors.packs import Overdue as Overdue
from upstander.program.law.selectors.packs import adopted_rule as adopted_rule
from upstander.program.law.selectors.packs import county_pack as county_pack
from upstander.program.law.selectors.packs import has_newer_rule as has_newer_rule
from upstander.program.law.selectors.packs import jurisdiction_of as jurisdiction_of
from upstander.program.law.selectors.packs import overdue_packs as overdue_packs
from upstander.program.law.selectors.packs import shipped_packs as shipped_packs
from upstander.program.law.selectors.packs import written_clock as written_clock
