"""Sentences for what can go wrong with a file, by the word of the engine that reads it."""

from django.utils.translation import gettext_lazy as _

from upstander.engines.tables.sheets import BROKEN, EMPTY, NO_TEXT, OLD, TOO_BIG

UNREADABLE = {
    EMPTY: _("There is nothing in this file."),
    TOO_BIG: _("This file is too large. Take the columns that matter into a new file, or load it in parts."),
    BROKEN: _("This file cannot be opened. Open it in your spreadsheet program and save it again as .xlsx or .csv."),
    OLD: _("This is an old or locked workbook. Save it without a password, as .xlsx or .csv, then upload it again."),
    NO_TEXT: _("This is no spreadsheet. Save the list as .xlsx or .csv, then upload it again."),
}
