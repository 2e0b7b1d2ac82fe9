"""Reading facts: for a page, for their editors, and where each is shown."""

from upstander.program.facts.selectors.book import facts_by_key as facts_by_key
from upstander.program.facts.selectors.book import shipped_entries as shipped_entries
