"""What imports, their columns, cells and lines are called on the page and in the file of problems."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KINDS = {
    "site_trainings": _("Schools trained, by school year"),
    "completions": _("Completions by staff number"),
    "requests": _("Requests that sites made before"),
    "leaves": _("Leaves by staff number"),
    "hours": _("Hours in which sites can be trained"),
    "closed_days": _("Days without school"),
    "testing_days": _("Days kept for tests"),
    "roster": _("The staff and their posts"),
}
KIND_HINTS = {
    "site_trainings": _(
        "One row for each school. It names nobody, so it stands beside the coverage and is not counted."
    ),
    "completions": _("One row for each person, as a learning system writes it. These count for the people they name."),
    "requests": _(
        "One row for each request. What is over is kept as history; what is open waits in the queue, as far as a"
        " column says which is which."
    ),
    "leaves": _(
        "One row for each leave: who, from when, until when. Nobody asks why, and a column of reasons is never kept."
    ),
    "hours": _(
        "One row for each site and weekday, or single day: who is free, from when until when. Year plans use them."
    ),
    "closed_days": _(
        "One row for each day, or for the first and last of several: of one site, or of the whole district. Nobody is"
        " trained then, and clocks that count school days stand still."
    ),
    "testing_days": _(
        "One row for each day, or for the first and last of several: of one site, or of the whole district. Nobody is"
        " trained then; clocks that count school days run on."
    ),
    "roster": _(
        "One row for each person and post: staff number, name, post, site, since when. Staff only: a row of a student"
        " or a family is never kept."
    ),
}
STATES = {
    "uploaded": (_("Columns to be explained"), "waits"),
    "described": (_("Names to be matched"), "waits"),
    "matched": (_("Ready to be applied"), "waits"),
    "applied": (_("Applied"), "good"),
    "undone": (_("Undone"), "quiet"),
    "discarded": (_("Discarded"), "quiet"),
}
ROLES = {
    "code": _("The school's code"),
    "name": _("The school's name"),
    "number": _("The staff number"),
    "person": _("The person's name"),
    "when": _("The day"),
    "until": _("The last day away; empty while nobody knows it"),
    "heads": _("How many came"),
    "course": _("The course"),
    "audience": _("Who is free then"),
    "starts": _("The hours, or from when they are"),
    "ends": _("Until when they are"),
    "first": _("The first day on which they hold"),
    "most": _("How often a school year may use them"),
    "paid": _("Whether it is paid time"),
    "called": _("What the day is called"),
    "given": _("The given name"),
    "family": _("The family name"),
    "email": _("The work e-mail"),
    "post": _("The post"),
    "stands": _("Where it stands: open or over"),
    "asked": _("What was asked for"),
}
# What a column holds in lists of one kind, where it is not what it holds in others.
OWN_ROLES = {
    ("requests", "when"): _("The day on which it was asked for"),
    ("requests", "heads"): _("For how many people"),
    ("requests", "email"): _("The e-mail of whoever asked"),
    ("roster", "when"): _("The first day in the post"),
    ("roster", "until"): _("The last day in the post; empty if it goes on"),
    ("roster", "person"): _("The whole name: family name, comma, given name"),
    ("site_trainings", "when"): _("The day, or the school year"),
    ("leaves", "when"): _("The first day away"),
    ("hours", "when"): _("The weekday, or the day"),
    ("closed_days", "when"): _("The day, or the first of several"),
    ("testing_days", "when"): _("The day, or the first of several"),
    ("closed_days", "until"): _("The last of several days; empty for a single one"),
    ("testing_days", "until"): _("The last of several days; empty for a single one"),
    ("hours", "until"): _("The last day on which they hold; empty if they go on"),
}
ORDERS = {
    "mdy": _("The month comes first: 03/04 is March 4"),
    "dmy": _("The day comes first: 03/04 is April 3"),
}
OUTCOMES = {
    "new": (pgettext_lazy("line of a list", "New"), "good"),
    "waits": (_("Waits in the queue"), "good"),
    "changed": (_("Put right"), "waits"),
    "ended": (_("Ends: not on the list"), "waits"),
    "there": (_("Already there"), "quiet"),
    "twice": (_("Twice in this list"), "quiet"),
    "left_out": (_("Left out, as you decided"), "quiet"),
    "not_asked": (_("No requirement on that day"), "stops"),
    "overlaps": (_("Does not agree with the days on record"), "stops"),
    "meets": (_("Does not agree with hours that stand"), "stops"),
    "not_paid": (_("Drivers and cooks: on paid time only"), "stops"),
    "past": (_("Past already"), "quiet"),
    "otherwise": (_("Stands as another kind of day"), "stops"),
    "weekend": (_("A weekend, which is free anyway"), "quiet"),
    "twin": (_("The same was asked for here"), "stops"),
    "to_vouch": (_("Gives access: waits for a yes"), "waits"),
    "elsewhere": (_("This post is held in another place"), "stops"),
    "other_name": (_("Another name has this number"), "stops"),
    "near_number": (_("Close to another number"), "stops"),
    "refused": (_("Cannot be read"), "stops"),
}
# What the holder of a post will be able to do, by the role that the post brings.
ABLE = {
    "site_administrator": _(
        "Will be able to ask for trainings, to see who at the site is trained, and to sign what its pages say."
    ),
    "cadre_member": _("Will be able to lead sessions, with their lists of who came."),
    "regional_lead": _("Will be able to answer the region's requests, and to see who in the region is trained."),
    "coordinator": _(
        "Will be able to run the whole program: requests, plans, the staff and their trainings, the district's words."
    ),
    "it_administrator": _("Will be able to manage accounts, posts and places, and to say who has access to what."),
}
# Why a cell cannot be taken, and what to do about it.
REASONS = {
    "merged": (
        _("This cell is merged with others."),
        _("Take the merge apart and write the value into each row that it is meant for."),
    ),
    "no_value": (_("This is a formula without a result."), _("Replace the formula by its value.")),
    "text_formula": (_("This is a formula, and formulas are never run."), _("Replace the formula by its value.")),
    "too_long": (_("This text is too long for a list, so it was not kept."), _("Shorten it to a name or a code.")),
    "no_day": (_("This is no day that can be read."), _("Write it as year-month-day, for instance 2025-03-04.")),
    "which_order": (
        _("This day can be read in two ways."),
        _("Say on the page of the columns which number is the month."),
    ),
    "wrong_order": (
        _("Read the way you chose, this is no day."),
        _("Look at it in the file: this row was written another way. Write it as year-month-day."),
    ),
    "future": (_("This day has not come yet."), _("Correct the day, or take the row out of the list.")),
    "too_old": (_("This day lies before the year 2000."), _("Correct the day, or take the row out of the list.")),
    "too_far": (_("This day lies years ahead."), _("Correct the day, or take the row out of the list.")),
    "backward": (_("The last day lies before the first."), _("Correct one of the two days.")),
    "too_many_days": (
        _("These are more days than a summer has."),
        _("Look at the year of both days; write a longer time as two rows."),
    ),
    "no_count": (_("This is no number of people."), _("Write a whole number, or leave the cell empty.")),
    "no_mark": (
        _("This is neither a mark, nor a day, nor a number of people."),
        _("Write X where the school was trained, or leave the cell empty."),
    ),
    "nobody": (_("This row names nobody."), _("Write the code, number or name, or take the row out of the list.")),
    "outside_year": (_("This day is not in the school year of its column."), _("Correct the day, or move it.")),
    "no_weekday": (
        _("This is neither a weekday nor a day."),
        _("Write Wednesday, or a day as year-month-day, for instance 2025-03-04."),
    ),
    "no_hour": (_("These are no hours that can be read."), _("Write them as 14:30 or 2:30 PM.")),
    "which_half": (
        _("This hour can be at night or in the afternoon."),
        _("Write it as 14:30 or 2:30 PM."),
    ),
    "no_audience": (_("Nobody is named who is free then."), _("Write who is free, for instance Teachers.")),
    "backward_hours": (_("The hours end before they begin."), _("Correct one of the two hours.")),
    "no_limit": (_("This is no number of sessions in a year."), _("Write a number up to 20, or leave the cell empty.")),
    "no_yes_or_no": (_("This is neither yes nor no."), _("Write yes or no, or leave the cell empty.")),
    "no_person": (
        _("A staff number and a name are needed."),
        _("Write the number or name, or take the row out of the list."),
    ),
    "no_post": (_("This row says no post."), _("Write the post, or take the row out of the list.")),
    "no_comma": (_("This does not say which name is which."), _("Write the family name, a comma, and the given name.")),
    "no_address": (_("This is no e-mail address."), _("Correct the address, or leave the cell empty.")),
    "too_many": (
        _("This is more than the 1,500 people that a request can be for."),
        _("Write it as several rows, or leave the cell empty."),
    ),
    "computed": (
        _("This is a formula. The value is the one the file last computed."),
        _("Nothing, if the value is right."),
    ),
}


def year_name(begins: int) -> str:
    """A school year as people write it: 2024-25."""
    return f"{begins}-{(begins + 1) % 100:02}"
