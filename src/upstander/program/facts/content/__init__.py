"""Facts as content: how they ship, how one is shown on a day, and what a district lays over one. No database."""

from upstander.program.facts.content.entries import CORRECTABLE as CORRECTABLE
from upstander.program.facts.content.entries import LINES as LINES
from upstander.program.facts.content.entries import PLACEHOLDER as PLACEHOLDER
from upstander.program.facts.content.entries import Book as Book
from upstander.program.facts.content.entries import Entry as Entry
from upstander.program.facts.content.entries import Kind as Kind
from upstander.program.facts.content.entries import Shown as Shown
from upstander.program.facts.content.entries import facts_in as facts_in
from upstander.program.facts.content.entries import names_alike as names_alike
from upstander.program.facts.content.entries import say as say
from upstander.program.facts.content.entries import show as show
from upstander.program.facts.content.layers import Layer as Layer
from upstander.program.facts.content.layers import fingerprint as fingerprint
from upstander.program.facts.content.layers import is_asked as is_asked
from upstander.program.facts.content.layers import lay as lay
from upstander.program.facts.content.layers import layer_of as layer_of
from upstander.program.facts.content.shipped import read_entries as read_entries
