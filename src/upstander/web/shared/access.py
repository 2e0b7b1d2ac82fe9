"""Deny by default: every view says who may open it, or nobody can."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from upstander.foundation.kernel.actor import Actor

View = Callable[..., HttpResponse]
Viewed = TypeVar("Viewed", bound=Callable[..., HttpResponseBase])  # files and streams are views too


@dataclass(frozen=True)
class Door:
    """Who may open a view: holders of any one of its capabilities, or anyone (with the reason why)."""

    capabilities: tuple[str, ...]
    reason: str = ""

    @property
    def is_public(self) -> bool:
        return not self.capabilities

    def opens_for(self, actor: Actor) -> bool:
        return self.is_public or any(map(actor.has, self.capabilities))


def needs(capability: str, *others: str) -> Callable[[Viewed], Viewed]:
    """The view is for people who hold one of the capabilities somewhere; services and selectors check the place."""
    return _marked(Door((capability, *others)))


def open_to_anyone(reason: str) -> Callable[[Viewed], Viewed]:
    """The view is public; the reason is kept beside it and shown in the route table."""
    return _marked(Door((), reason))


def door_of(view: Any) -> Door | None:
    """The view's door, or None for a view nobody marked."""
    return getattr(view, "door", None)


def _marked(door: Door) -> Callable[[Viewed], Viewed]:
    def mark(view: Viewed) -> Viewed:
        view.door = door  # type: ignore[attr-defined]
        return view

    return mark


class DistrictRequest(HttpRequest):
    """What views get: the request with the actor, the moment and the district that the middleware put there."""

    actor: Actor
    at: Any
    district: Any
