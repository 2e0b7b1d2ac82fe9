"""The one door through which spreadsheets come in."""

from upstander.program.imports.services.applying import apply_import as apply_import
from upstander.program.imports.services.applying import undo_import as undo_import
from upstander.program.imports.services.deciding import choose_columns as choose_columns
from upstander.program.imports.services.deciding import decide_matches as decide_matches
from upstander.program.imports.services.files import discard_import as discard_import
from upstander.program.imports.services.files import take_file as take_file
from upstander.program.imports.services.vouching import vouch_for_posts as vouch_for_posts
