"""A person at a browser without scripts: opens a page, follows its links, fills in its forms, presses its buttons.

Nothing can be sent that the page does not offer: no field that is not there, no choice that is not in the list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from tests.factories.visits import HERE

Typed = str | bool | list[str] | SimpleUploadedFile
NOTHING: Mapping[str, Typed] = {}
WORDY = {"a", "option", "button", "textarea", "label", "legend"}  # elements whose words count


@dataclass
class Field:
    """What a form sends under a name if nobody touches it, and what it offers: value to words."""

    values: list[str] = field(default_factory=list)
    offers: dict[str, str] = field(default_factory=dict)
    is_list: bool = False
    asks: str = ""  # the heading of a group of buttons


@dataclass
class Form:
    """A form with what it sends, and its buttons."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # words, attributes

    def filled(self, typed: Mapping[str, Typed]) -> dict[str, object]:
        """What goes to the server."""
        sent: dict[str, object] = {name: each.values for name, each in self.fields.items() if each.values}
        for name, value in typed.items():
            assert name in self.fields, f"no field {name}; there are {sorted(self.fields)}"
            sent[name] = self._chosen(self.fields[name], value)
        return sent

    @staticmethod
    def _chosen(asked: Field, value: Typed) -> object:
        if isinstance(value, SimpleUploadedFile):
            return value
        if isinstance(value, bool):
            return list(asked.offers) if value else []
        wanted = value if isinstance(value, list) else [value]
        if not asked.is_list:
            return wanted
        by_words = {words: key for key, words in asked.offers.items()}
        found = [each if each in asked.offers else by_words.get(each, "") for each in wanted]
        assert all(each in asked.offers for each in found), f"{wanted} is not among {asked.offers}"
        return found


class Reader(HTMLParser):
    """The forms and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._select: Field | None = None
        self._open: list[tuple[str, dict[str, str], list[str]]] = []  # what words are gathered of
        self._buttons: dict[str, tuple[Field, str]] = {}  # id -> what a radio button or box stands for
        self._legend = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what opens: a form, one of its fields, or something whose words count."""
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(at.get("action", ""))
            self.forms.append(self._form)
        elif tag in WORDY:
            self._open.append((tag, at, []))
        elif self._form is not None and at.get("name") and "disabled" not in at:
            if tag == "input":
                self._input(self._form.fields.setdefault(at["name"], Field()), at)
            elif tag == "select":
                self._select = self._form.fields[at["name"]] = Field(is_list=True)

    def _input(self, of: Field, at: dict[str, str]) -> None:
        value = at.get("value", "on")
        if at.get("type") in {"checkbox", "radio"}:
            of.is_list, of.asks = True, self._legend
            self._buttons[at.get("id", "")] = (of, value)
            of.offers[value] = value
            of.values += [value] if "checked" in at else []
        elif at.get("type") != "file":
            of.values.append(at.get("value", ""))

    def handle_data(self, data: str) -> None:
        """Words belong to everything that is open around them."""
        for _tag, _at, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close it; a list in which nothing is chosen sends its first choice."""
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            self._select.values = self._select.values or list(self._select.offers)[:1]
            self._select = None
        elif tag in WORDY and tag in {each for each, _at, _words in self._open}:
            _, at, parts = self._open.pop([each for each, _at, _words in self._open].index(tag))
            self._closed(tag, at, " ".join("".join(parts).split()))

    def _closed(self, tag: str, at: dict[str, str], words: str) -> None:
        if tag == "legend":
            self._legend = words
        elif tag == "label" and at.get("for", "") in self._buttons:
            of, value = self._buttons[at["for"]]
            of.offers[value] = words
        elif tag == "a":
            self.links.append((f"{at.get('aria-label', '')} {words}", at.get("href", "")))
        elif tag == "option" and self._select:
            value = at.get("value", words)
            self._select.offers[value] = words
            self._select.values += [value] if "selected" in at else []
        elif tag == "button" and self._form:
            self._form.buttons.append((f"{at.get('aria-label', '')} {words}", at))
        elif tag == "textarea" and self._form:
            self._form.fields[at["name"]] = Field([words])


class Visitor:
    """Somebody at a browser, on the page they opened last."""

    def __init__(self, client: Client | None = None, language: str = "en") -> None:
        self.client = client or Client(SERVER_NAME="localhost")
        self.language, self.address, self.raw = language, "", b""

    def go(self, path: str) -> "Visitor":
        """Open a page of one's own language."""
        return self._arrived(f"/{self.language}{path}", self.client.get(f"/{self.language}{path}", follow=True))

    def follow(self, words: str) -> "Visitor":
        """Follow the first link with these words."""
        words = self.own(words)
        found = [href for said, href in Reader(self.html).links if words in said]
        assert found, f"no link “{words}” on {self.address}"
        path = urljoin(self.address, found[0])
        return self._arrived(path, self.client.get(path, follow=True))

    def press(
        self, words: str, typed: Mapping[str, Typed] = NOTHING, *, having: str = "", status: int = 200
    ) -> "Visitor":
        """Fill in the form that has this button and press it; of several, the one that has `having` in it."""
        form, button = self._form_with(words, having)
        sent = form.filled(typed)
        if "name" in button:
            sent[button["name"]] = button.get("value", "")
        path = urljoin(self.address, button.get("formaction") or form.action).partition("#")[0]
        return self._arrived(path, self.client.post(path, sent, headers=HERE, follow=True), status)

    def own(self, words: str) -> str:
        """Words of a page in the visitor's own language; what no catalog has, as it is."""
        with translation.override(self.language):
            return translation.gettext(words)

    @property
    def html(self) -> str:
        """The page as it came."""
        return self.raw.decode(errors="replace")

    @property
    def text(self) -> str:
        """What the page says, without its marks."""
        body = self.html[self.html.find("<main") :]
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()

    def says(self, *sentences: str) -> "Visitor":
        """Hold the page to its words."""
        for sentence in map(self.own, sentences):
            assert sentence in self.text, f"“{sentence}” is not on {self.address}: {self.text}"
        return self

    def offers(self, words: str, name: str, having: str = "") -> dict[str, str]:
        """What a list of the form with this button offers: value to words."""
        return self._form_with(words, having)[0].fields[name].offers

    def decide(self, words: str, answers: dict[str, str]) -> "Visitor":
        """Answer each group of buttons by the beginning of its heading with the one that has these words."""
        fields = self._form_with(words, "")[0].fields
        typed: dict[str, Typed] = {}
        for asked, answer in answers.items():
            (name,) = [name for name, each in fields.items() if each.asks.startswith(asked)]
            (typed[name],) = [value for value, said in fields[name].offers.items() if answer in said]
        return self.press(words, typed)

    def _form_with(self, words: str, having: str) -> tuple[Form, dict[str, str]]:
        words = self.own(words)
        found = [
            (form, at)
            for form in Reader(self.html).forms
            for said, at in form.buttons
            if words in said and (not having or having in repr((form, at)))
        ]
        assert found, f"no button “{words}” {having} on {self.address}: {self.text}"
        return found[0]

    def _arrived(self, path: str, answer: Any, status: int = 200) -> "Visitor":
        chain = getattr(answer, "redirect_chain", [])
        self.address, self.raw = (chain[-1][0] if chain else path), answer.content
        assert answer.status_code == status, f"{path} answered {answer.status_code}: {self.text[:2500]}"
        return self
