"""Log lines as JSON. They hold route names and refs of requests, never paths, addresses or people."""

import json
import logging


class JsonLines(logging.Formatter):
    """One JSON object a line; `extra={"fields": {...}}` adds named values."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[0]:
            # The type and the place say where to look; the text of an exception may hold what a person typed.
            line["exception"] = record.exc_info[0].__name__
            line["where"] = _innermost(record.exc_info[2])
        return json.dumps(line, default=str)


def _innermost(trace: object) -> str:
    while getattr(trace, "tb_next", None) is not None:
        trace = trace.tb_next  # type: ignore[attr-defined]
    if trace is None:
        return ""
    code = trace.tb_frame.f_code  # type: ignore[attr-defined]
    return f"{code.co_filename.rsplit('/upstander/', 1)[-1]}:{trace.tb_lineno}:{code.co_name}"  # type: ignore[attr-defined]
