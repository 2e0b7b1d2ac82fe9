"""Requests, the Cadre, sessions and who was there.

No field takes a story: a child's name must have nowhere to stand. Moves and attendance are append-only rows; what a
row says now is always the last word of its ledger.
"""

from upstander.program.training.models.attendance import (
    DEVICE_LENGTH,
    INITIALS_PATTERN,
    MOST_CARD_USES,
    AttendanceMark,
    HeadCount,
    Responder,
)
from upstander.program.training.models.cadre import (
    Availability,
    AvailabilityException,
    BusyFile,
    BusyTime,
    CadreMember,
)
from upstander.program.training.models.calendars import CODE_LENGTH, ConnectedCalendar, Feed
from upstander.program.training.models.call_backs import (
    CALL_MADE,
    HANDED_BACK,
    LEAST_CALL_MINUTES,
    MOST_CALL_MINUTES,
    CallBack,
)
from upstander.program.training.models.make_ups import CalledOff, MadeUp, MakeUp
from upstander.program.training.models.members import (
    Credential,
    HomeBase,
    KeptApart,
    MemberRegion,
    MemberUnit,
    Release,
    Skill,
    TakenBack,
    Unit,
)
from upstander.program.training.models.offerings import (
    LEAST_MINUTES,
    MOST_DUE_DAYS,
    MOST_MINUTES,
    OFFERING_TITLE,
    STEP_MINUTES,
    DueDays,
    OwnEdition,
    OwnOffering,
)
from upstander.program.training.models.plans import (
    Allowance,
    Plan,
    PlanEntry,
    PlanMove,
    PlanRun,
    PlanSeat,
    key_in_plans,
)
from upstander.program.training.models.requests import (
    MOST_HEADS,
    PHONE_PATTERN,
    ROOM_PATTERN,
    AnswerChange,
    Request,
    RequestMove,
    RequestWindow,
    UnprovenRequest,
    phone_number,
    room_name,
)
from upstander.program.training.models.sessions import LEAD_FIRST, Assignment, Moments, Session, SessionMove
from upstander.program.training.models.slides import ADDRESS_LENGTH, SLIDES_LENGTH, OfferingSlides, slides_name
from upstander.program.training.models.swaps import Swap
from upstander.program.training.models.together import Hosting, SessionGuest
from upstander.program.training.models.travel import TravelFile, TravelWay
from upstander.program.training.models.usual import UsualSession
from upstander.program.training.models.windows import SiteWindow

__all__ = [
    "TravelFile",
    "TravelWay",
    "BusyFile",
    "CALL_MADE",
    "CallBack",
    "CODE_LENGTH",
    "ConnectedCalendar",
    "Feed",
    "HANDED_BACK",
    "Swap",
    "TakenBack",
    "DueDays",
    "LEAST_MINUTES",
    "MOST_DUE_DAYS",
    "MOST_MINUTES",
    "OFFERING_TITLE",
    "OwnEdition",
    "OwnOffering",
    "STEP_MINUTES",
    "Allowance",
    "AnswerChange",
    "Assignment",
    "AttendanceMark",
    "Availability",
    "AvailabilityException",
    "BusyTime",
    "CadreMember",
    "Credential",
    "DEVICE_LENGTH",
    "HeadCount",
    "HomeBase",
    "Hosting",
    "INITIALS_PATTERN",
    "KeptApart",
    "MadeUp",
    "MakeUp",
    "CalledOff",
    "LEAD_FIRST",
    "LEAST_CALL_MINUTES",
    "MOST_CALL_MINUTES",
    "ADDRESS_LENGTH",
    "MOST_CARD_USES",
    "OfferingSlides",
    "SLIDES_LENGTH",
    "slides_name",
    "MOST_HEADS",
    "MemberRegion",
    "MemberUnit",
    "Moments",
    "Plan",
    "PlanEntry",
    "PlanMove",
    "PlanRun",
    "PlanSeat",
    "PHONE_PATTERN",
    "ROOM_PATTERN",
    "Release",
    "Request",
    "RequestMove",
    "RequestWindow",
    "Responder",
    "Session",
    "SessionGuest",
    "SessionMove",
    "SiteWindow",
    "Skill",
    "Unit",
    "UnprovenRequest",
    "UsualSession",
    "phone_number",
    "key_in_plans",
    "room_name",
]
