"""What the audit keeps about training: refs and counts, never who."""

from django.utils.translation import gettext_lazy as _

from upstander.foundation.audit.writer import declare

REQUESTED = declare("training.requested", _("Something was asked for"), "kind", "site", "head_count")
ASKED_BY_MAIL = declare("training.asked_by_mail", _("A visitor was sent a link to prove an address"), "kind")
DAYS_CHANGED = declare("training.days_changed", _("Other days were wished for"), "state")
ANSWERS_PUT = declare("training.answers_put", _("Answers of a request were completed or corrected"), "questions")
TAKEN = declare("training.taken", _("A request was taken into somebody’s hands"), "owner")
PASSED_ON = declare(
    "training.passed_on", _("A request whose owner’s post had ended got the next owner"), "owner", "before"
)
STARTED = declare("training.started", _("Work on a request began"))
PUT_BACK = declare("training.put_back", _("A request was put back to wait"))
PART_SENT = declare("training.part_sent", _("A part of what was asked for was sent"), "sent", "wanted")
FINISHED = declare("training.finished", _("A request was answered"))
KEPT = declare("training.kept", _("A session was kept although other days were asked for"))
ESCALATED = declare("training.escalated", _("Somebody above was told of a request that waits"), "level")
FORGOTTEN = declare("training.forgotten", _("Addresses of visitors were deleted"), "unproven", "requests")
WITHDRAWN = declare("training.withdrawn", _("A request was withdrawn"))
DECLINED = declare("training.declined", _("A request was declined"), "reason")
ASSIGNED = declare("training.assigned", _("A consultant was assigned"), "session", "member")
JOINED = declare("training.joined", _("A consultant was added to a session"), "session", "member", "role")
LEAD_REPLACED = declare(
    "training.lead_replaced", _("Another consultant holds a session"), "session", "member", "before"
)
LEFT = declare("training.left", _("A consultant need not come to a session any more"), "session", "member")
RELEASED = declare("training.released", _("A session was taken back"), "session")
CONFIRMED = declare("training.confirmed", _("A session was confirmed"), "session")
MEETING_NAMED = declare("training.meeting_named", _("It was said where a session is joined"), "session")
OPENED = declare("training.opened", _("A session was opened"))
OPENING_UNDONE = declare("training.opening_undone", _("A session that was opened by mistake was put back"))
CLOSED = declare(
    "training.closed", _("A session was closed"), "present_count", "unmatched_count", "unnumbered_count", "counted"
)
CHECKED_IN = declare("training.checked_in", _("Someone checked in"))
MARKED = declare("training.marked", _("Attendance was noted"), "how", "person")
BROUGHT = declare(
    "training.marks_brought", _("A device sent what it had kept"), "accepted_count", "refused_count", "again_count"
)
PAPER_ENTERED = declare(
    "training.paper_entered", _("A sign-in sheet was entered"), "signed_count", "walk_in_count", "written_count"
)
MAKE_UP_OFFERED = declare(
    "training.make_up_offered", _("A time was set to make up what was missed"), "person", "minutes"
)
CALL_TAKEN = declare("training.call_taken", _("A consultation was put into a consultant’s hands"), "member")
CALL_HANDED_BACK = declare("training.call_handed_back", _("A consultation was handed back"), "reason")
CALL_LET_GO = declare(
    "training.call_let_go", _("A consultation was taken out of a consultant’s hands"), "member", "end"
)
CALL_MADE = declare("training.call_made", _("A consultant called back"), "end", "minutes")
OFFERING_MADE = declare("training.offering_made", _("An offering of the district was put in"), "edition")
OFFERING_RETIRED = declare("training.offering_retired", _("An offering of the district is given no more"))
OFFERING_BACK = declare("training.offering_back", _("An offering of the district is given again"))
DUE_DAYS_SET = declare(
    "training.due_days_set", _("By when somebody has to act was changed"), "kind", "state", "days", "starts_on"
)
SLIDES_NAMED = declare("training.slides_named", _("The slides of an edition were named"), "edition")
MAKE_UP_CALLED_OFF = declare("training.make_up_called_off", _("A time to make up was called off"), "person")
MADE_UP = declare("training.made_up", _("What was missed was made up"), "person", "minutes")
RESPONDER_NAMED = declare("training.responder_named", _("Who answers in the room was said"), "who")
MATCHED = declare("training.matched", _("A staff number was matched"), "person")
CADRE_JOINED = declare("training.cadre_joined", _("A consultant joined the Cadre"), "person")
BUSY_NOTED = declare("training.busy_noted", _("A time was noted as taken"))
FACT_HELD = declare(
    "training.fact_held", _("What holds of a member of the Cadre was changed"), "kind", "starts_on", "ends_on"
)
FACT_TAKEN_BACK = declare(
    "training.fact_taken_back",
    _("A mistaken entry about a member of the Cadre was taken back"),
    "kind",
    "reason",
)
WAYS_RECOUNTED = declare("training.ways_recounted", _("The way to agreed sessions was counted anew"), "count")
APART_ENDED = declare("training.apart_ended", _("A member of the Cadre may come to a site again"), "site")
LIMITS_SET = declare("training.limits_set", _("How much may be asked of a member of the Cadre was changed"))
UNIT_NAMED = declare("training.unit_named", _("A unit was added"))
UNIT_RENAMED = declare("training.unit_renamed", _("A unit got another name"))
UNIT_ENDED = declare("training.unit_ended", _("A unit is offered no more"))
UNIT_TAKEN_UP = declare("training.unit_taken_up", _("A unit that had ended is offered again"))
WEEK_SET = declare("training.week_set", _("A weekly pattern was changed"))
AWAY_NOTED = declare("training.away_noted", _("Days away were noted"))
HOURS_OFFERED = declare("training.hours_offered", _("Hours beside the week were noted"))
AWAY_ENDED = declare("training.away_ended", _("Days away were taken back"))
BUSY_FILE_READ = declare("training.busy_file_read", _("A calendar file was read for busy times"), "stretch_count")
CALENDAR_CONNECTED = declare("training.calendar_connected", _("A member of the Cadre connected a calendar"))
CALENDAR_ASKED = declare("training.calendar_asked", _("A connected calendar was to be read at once"))
CALENDAR_READ = declare("training.calendar_read", _("A connected calendar brought other busy times"), "stretch_count")
CALENDAR_LEFT = declare(
    "training.calendar_left", _("A connected calendar could not be read and was left alone"), "trouble"
)
CALENDAR_ENDED = declare("training.calendar_ended", _("A connected calendar and its busy times were deleted"))
CALENDARS_FORGOTTEN = declare(
    "training.calendars_forgotten", _("Calendars of people who left the Cadre were deleted"), "count"
)
BUSY_FILE_FORGOTTEN = declare("training.busy_file_forgotten", _("Busy times from a calendar file were deleted"))
FEED_MADE = declare("training.feed_made", _("A calendar address was made or replaced"), "whose")
FEED_ENDED = declare("training.feed_ended", _("A calendar address was ended"), "whose")
SWAP_ASKED = declare("training.swap_asked", _("A colleague was asked to take a session"), "session", "colleague")
SWAP_TAKEN = declare("training.swap_taken", _("A colleague took a session"), "session", "member", "colleague")
SWAP_DECLINED = declare("training.swap_declined", _("A colleague declined to take a session"), "session")
SWAP_WITHDRAWN = declare("training.swap_withdrawn", _("A question to a colleague was withdrawn"), "session")
WINDOW_ADDED = declare("training.window_added", _("A training window was entered"), "site", "level")
WINDOW_ENDED = declare("training.window_ended", _("A training window was ended"))
WINDOWS_ADDED = declare("training.windows_added", _("Training windows of a list were entered"), "count")
WINDOWS_ENDED = declare("training.windows_ended", _("Training windows of a list were ended"), "count")
PLAN_DRAFTED = declare("training.plan_drafted", _("A year plan was drafted"), "placed_count", "unplaced_count")
PLAN_CHANGED = declare("training.plan_changed", _("A year plan was changed by hand"), "entry", "step")
PLAN_ALLOWED = declare("training.plan_allowed", _("An exception gave a site its day"), "entry", "rules", "until")
PLAN_SET_ASIDE = declare("training.plan_set_aside", _("A year plan was set aside"))
PLAN_TAKEN_UP = declare("training.plan_taken_up", _("A year plan that was set aside was taken up again"))
PLAN_RELEASED = declare("training.plan_released", _("A year plan was released"), "new_count", "moved_count")
PLAN_ANSWERED = declare("training.plan_answered", _("A site answered a planned day"), "entry", "answer")
PLAN_REOPENED = declare("training.plan_reopened", _("A site took back that it declined a planned day"), "entry")
PLAN_ASKED_AGAIN = declare("training.plan_asked_again", _("Sites were asked again about their planned days"), "count")
PLAN_REMINDED = declare("training.plan_reminded", _("Sites were reminded of their planned days"), "count")
SITES_JOINED = declare("training.sites_joined", _("Small sites were joined for one session"), "guests")
SITES_SEPARATED = declare("training.sites_separated", _("Sites that were trained together were separated"))
USUAL_SET = declare("training.usual_set", _("The usual session of a site was said"), "mode", "languages")
USUAL_FORGOTTEN = declare("training.usual_forgotten", _("The usual session of a site was deleted"))
TRAVEL_READ = declare("training.travel_read", _("A file of travel times was read"), "way_count")
TRAVEL_FORGOTTEN = declare("training.travel_forgotten", _("Travel times from a file were deleted"))
RUN_ASKED = declare("training.plan_run_asked", _("A better plan was asked for"), "run")
RUN_BEGAN = declare("training.plan_run_began", _("The search for a better plan began"))
RUN_STOPPED = declare("training.plan_run_stopped", _("Somebody asked the search to stop"))
RUN_ENDED = declare("training.plan_run_ended", _("The search for a better plan ended"), "how")
