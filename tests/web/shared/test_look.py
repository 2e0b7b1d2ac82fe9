"""The parts of a page: what they draw, and that assistive technology can follow it."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from lxml import html

from upstander.web.shared.templatetags import look


class Training(forms.Form):
    audience = forms.ChoiceField(
        label="Who?", choices=[("all", "All staff"), ("new", "New staff")], widget=forms.RadioSelect
    )
    heads = forms.IntegerField(label="How many?", help_text="A guess is fine.")
    languages = forms.MultipleChoiceField(
        label="Languages", choices=[("en", "English")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agreed = forms.BooleanField(label="My principal knows")
    room = forms.CharField(label="Room", required=False)


def draw(source: str, path: str = "/en/", **context: object) -> html.HtmlElement:
    request = RequestFactory().get(path)
    text = engines["django"].from_string("{% load look controls %}" + source).render(context, request)
    return html.fragment_fromstring(text, create_parent="div")


def test_each_control_has_a_visible_name() -> None:
    page = draw("{{ form }}", form=Training())
    for control in page.xpath("//input"):
        assert page.xpath(f"//label[@for='{control.get('id')}']"), control.get("id")
    assert [legend.text_content().split() for legend in page.xpath("//legend")] == [
        ["Who?"],
        ["Languages", "(optional)"],
    ]


def test_hint_and_problem_are_tied_to_the_control_and_the_text_is_kept() -> None:
    page = draw("{{ form }}", form=Training({"heads": "many", "room": "Library & hall"}))
    heads = page.get_element_by_id("id_heads")
    described = heads.get("aria-describedby").split()
    assert [page.get_element_by_id(name).text_content().strip() for name in described] == [
        "A guess is fine.",
        "Problem: Enter a whole number.",
    ]
    assert heads.get("aria-invalid") == "true"
    assert page.get_element_by_id("id_room").get("value") == "Library & hall"


def test_attributes_are_drawn_as_django_draws_them_and_escaped() -> None:
    told = {"id": "x", "required": True, "disabled": False, "max": 5, "data-says": 'a "b" & <c>'}
    page = draw("<input{% attributes told %}>", told=told)
    assert dict(page.find("input").attrib) == {"id": "x", "required": "", "max": "5", "data-says": 'a "b" & <c>'}


def test_the_summary_leads_to_each_refused_control() -> None:
    page = draw("{% problems form %}{% for field in form %}{% field field %}{% endfor %}", form=Training({}))
    targets = [link.get("href") for link in page.xpath("//*[@data-problems]//a")]
    assert targets == ["#id_audience_0", "#id_heads", "#id_agreed"]
    assert all(page.get_element_by_id(target[1:]).tag == "input" for target in targets)


def test_a_form_without_problems_has_no_summary() -> None:
    assert not draw("{{ form }}", form=Training()).xpath("//*[@data-problems]")


def test_problems_of_the_whole_form_stand_in_the_summary() -> None:
    form = Training({"audience": "all", "heads": "3", "agreed": "on"})
    form.add_error(None, "The day is taken.")
    assert "The day is taken." in draw("{% problems form %}", form=form).text_content()


@pytest.mark.parametrize(
    ("number", "address"),
    [("911", "tel:911"), ("1-800-555-0142", "tel:+18005550142"), ("(555) 555-0142", "tel:5555550142")],
)
def test_a_number_dials_on_every_phone(number: str, address: str) -> None:
    assert look.tel(number) == address
    assert draw("{% phone number %}", number=number).xpath("//a")[0].get("href") == address


def test_the_language_switch_keeps_the_page_and_its_question() -> None:
    with translation.override("es"):
        page = draw('{% include "parts/languages.html" %}', path="/es/staff/?day=2026-11-20")
    (other,) = page.xpath("//a")
    assert (other.get("href"), other.get("hreflang"), other.text) == ("/en/staff/?day=2026-11-20", "en", "English")
    assert page.xpath("//*[@aria-current]")[0].text == "Español"


def test_a_page_without_language_has_no_switch() -> None:
    assert not draw('{% include "parts/languages.html" %}', path="/").xpath("//a")


def test_page_numbers_keep_the_rest_of_the_question() -> None:
    shown = Paginator(range(30), 10).page(2)
    page = draw("{% pages page %}", path="/en/?region=west&page=2", page=shown)
    assert [link.get("href") for link in page.xpath("//a")] == [
        "?region=west&page=1",
        "?region=west&page=1",
        "?region=west&page=2",
        "?region=west&page=3",
        "?region=west&page=3",
    ]
    assert [link.text for link in page.xpath("//a[@aria-current='page']")] == ["2"]


def test_one_page_needs_no_numbers() -> None:
    assert not draw("{% pages page %}", page=Paginator(range(3), 10).page(1)).xpath("//nav")


def test_progress_says_it_in_words() -> None:
    bar = draw('{% meter 12 28 "12 of 28 schools" %}')
    assert bar.xpath("//p")[0].text == bar.xpath("//progress")[0].get("aria-label") == "12 of 28 schools"


def test_progress_of_nothing_does_not_divide() -> None:
    assert draw('{% meter 0 0 "No schools yet" %}').xpath("//progress")[0].get("max") == "1"


def test_words_from_people_are_never_markup() -> None:
    assert not draw("{% status word 'good' %}{% phone word %}", word="<script>x</script>").xpath("//script")
