"""One run of CP-SAT: limited by counted work, so that it ends the same everywhere; watched, and ended when asked to.

One worker, on purpose: it is deterministic by itself, proves these models as fast as two, and leaves the other core
to the people who use the site meanwhile.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from upstander.engines.planning.answer import Stage

POLL_SECONDS = 0.1
WORKERS = 1
LINEAR_RELAXATION = 2  # the strongest: these models are nearly transport problems


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. Best and bound are the plan's cost (DRAFT, WHO), or in turn losses and days (WHEN)."""

    stage: Stage
    best: int | None
    bound: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """How far the best may be from the best possible, as a share of the best; None while one is not known."""
        if self.best is None or self.bound is None:
            return None
        return max(self.best - self.bound, 0) / max(self.best, 1)


Tell = Callable[[Progress], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a run found. `value` reads a variable; None: no solution. `is_whole`: it ended by itself."""

    value: Callable[[Any], int] | None
    best: int | None
    bound: int | None
    is_whole: bool


class Search:
    """Runs models one after the other against one clock and one way to cancel. All calls back come in the caller's
    thread, so that a job may use its own connection in them."""

    def __init__(self, seed: int, seconds: float, tell: Tell, is_cancelled: IsCancelled) -> None:
        self._seed, self.tell, self._is_cancelled = seed, tell, is_cancelled
        self._began = monotonic()
        self._until = self._began + seconds
        self.is_stopped = False

    @property
    def seconds(self) -> float:
        """Since the search began."""
        return monotonic() - self._began

    def run(self, stage: Stage, model: Any, work: float, good_enough: float = 0) -> Found:
        """Solve within `work` units of the solver's counted time, or until what is found is `good_enough` near to the
        bound; fewer seconds may be left on the clock."""
        from ortools.sat.python import cp_model  # noqa: PLC0415 - slow, and installed only where plans are made

        left = self._until - monotonic()
        if self.is_stopped or left <= 0:
            self.is_stopped = True
            return Found(None, None, None, is_whole=False)
        solver: Any = cp_model.CpSolver()
        _set(solver.parameters, self._seed, work, left)
        solver.parameters.absolute_gap_limit = good_enough
        status = self._watch(stage, solver, model)
        assert status != cp_model.MODEL_INVALID, model.validate()
        has_plan = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        self.is_stopped |= monotonic() >= self._until and status != cp_model.OPTIMAL
        best = round(solver.objective_value) if has_plan else None
        bound = _round_up(solver.best_objective_bound) if has_plan else None
        return Found(solver.value if has_plan else None, best, bound, is_whole=not self.is_stopped)

    def _watch(self, stage: Stage, solver: Any, model: Any) -> Any:
        """Solve in a thread, tell what is new in this one."""
        seen: dict[str, float] = {}
        watcher = _watcher(seen)
        solver.best_bound_callback = lambda bound: seen.__setitem__("bound", bound)
        ended: list[Any] = []
        thread = threading.Thread(target=lambda: ended.append(solver.solve(model, watcher)), daemon=True)
        thread.start()
        told: dict[str, float] = {}
        while thread.is_alive():
            thread.join(POLL_SECONDS)
            if not self.is_stopped and self._is_cancelled():
                self.is_stopped = True
                solver.stop_search()
            if seen != told:
                told = dict(seen)
                self.tell(Progress(stage, _whole(told.get("best")), _whole(told.get("bound")), self.seconds))
        return ended[0]


def _set(parameters: Any, seed: int, work: float, seconds: float) -> None:
    parameters.random_seed = seed
    parameters.num_workers = WORKERS
    parameters.linearization_level = LINEAR_RELAXATION
    parameters.max_deterministic_time = work
    parameters.max_time_in_seconds = seconds
    parameters.hint_conflict_limit = 0  # a whole hint is taken as it is; searching around it costs more than it finds
    parameters.cp_model_presolve = False  # it takes a third of the time and the relaxation needs none of it


def _watcher(seen: dict[str, float]) -> Any:
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow, and installed only where plans are made

    class Watcher(cp_model.CpSolverSolutionCallback):
        """Notes the best so far."""

        def on_solution_callback(self) -> None:
            seen["best"] = self.objective_value
            seen["bound"] = self.best_objective_bound

    return Watcher()


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _round_up(bound: float) -> int:
    """Costs are whole, so a bound may be rounded up; a little less than the rounding of the solver."""
    return -int(-(bound - 1e-6) // 1)
