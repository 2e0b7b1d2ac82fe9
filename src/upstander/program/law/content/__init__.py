"""Law packs as they ship in `content/packs/`: what a place asks, whom to call, which rules a district may adopt."""

from upstander.program.law.content.layers import district_layer as district_layer
from upstander.program.law.content.layers import merge as merge
from upstander.program.law.content.own import Line as Line
from upstander.program.law.content.own import Own as Own
from upstander.program.law.content.own import own_facts as own_facts
from upstander.program.law.content.own import own_layer as own_layer
from upstander.program.law.content.reading import edition_on as edition_on
from upstander.program.law.content.reading import everywhere as everywhere
from upstander.program.law.content.reading import jurisdiction as jurisdiction
from upstander.program.law.content.reading import read_pack as read_pack
from upstander.program.law.content.reading import read_packs as read_packs
from upstander.program.law.content.reading import upward as upward
from upstander.program.law.content.shapes import Duty as Duty
from upstander.program.law.content.shapes import Jurisdiction as Jurisdiction
from upstander.program.law.content.shapes import Level as Level
from upstander.program.law.content.shapes import Pack as Pack
from upstander.program.law.content.shapes import Recipient as Recipient
from upstander.program.law.content.shapes import RuleSet as RuleSet
from upstander.program.law.content.shapes import Terms as Terms
