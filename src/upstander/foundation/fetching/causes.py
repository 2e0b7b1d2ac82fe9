"""Why a file was not got. The words name no address: they are kept, shown and logged."""

import datetime as dt
import enum


class Cause(enum.StrEnum):
    """One word for each way in which asking ends without a file."""

    NOT_AN_ADDRESS = "not_an_address"
    HOST_NOT_NAMED = "host_not_named"
    NO_SUCH_HOST = "no_such_host"
    NOT_PUBLIC = "not_public"
    NO_ANSWER = "no_answer"
    CERTIFICATE = "certificate"
    LED_ASTRAY = "led_astray"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    REFUSED = "refused"
    LATER = "later"
    GARBLED = "garbled"


class FetchFailed(Exception):
    """Nothing was got, and why; `wait` is how long the server asked to be left alone."""

    def __init__(self, cause: Cause, wait: dt.timedelta | None = None) -> None:
        super().__init__(str(cause))
        self.cause, self.wait = cause, wait
