"""How forms are drawn: `{{ form }}` and `{% field form.name %}` give the design system's markup."""

from django.forms.renderers import TemplatesSetting


class Drawing(TemplatesSetting):
    """Takes form and widget templates from the house's own folder first, then from Django's."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
