"""What a profile says, a picture, and who has which role."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from heard.foundation.people import rules
from heard.foundation.people.forms import fields
from heard.foundation.people.queries import Role

if TYPE_CHECKING:
    from heard.foundation.people.models import Person


OF_PICTURE = ("picture", "without_picture")


class PersonForm(forms.Form):
    """A colleague whom a steward adds by hand."""

    name = fields.name()
    email = fields.email(autocomplete="off", required=False)
    staff_number = fields.staff_number(required=False)
    title = fields.text(_("Job title"), 150, required=False)
    unit = fields.UnitField()
    place = fields.text(_("Place"), 100, required=False, help_text=_("The town or site where they work."))
    manager = fields.ColleagueField(label=_("Manager"), required=False)
    started_on = forms.DateField(
        label=_("Started on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, viewer: "Person", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(viewer)

    def offer(self, viewer: "Person") -> None:
        """Reads the units, and notes who asks for colleagues."""
        if "unit" in self.fields:
            self.fields["unit"].offer_units()  # type: ignore[attr-defined]
        if "manager" in self.fields:
            self.fields["manager"].viewer = viewer  # type: ignore[attr-defined]


class ProfileForm(PersonForm):
    """What `viewer` may change of a profile."""

    title = fields.text(_("Job title"), 150, required=False, autocomplete="organization-title")
    place = fields.text(_("Place"), 100, required=False, help_text=_("The town or site where you work."))
    telephone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    about = forms.CharField(
        label=_("About"),
        required=False,
        max_length=2000,
        help_text=_("What you work on, and what colleagues may ask you about."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    skills = fields.ListField(label=_("Skills"), help_text=_("With commas between them; colleagues find you by these."))
    languages = fields.ListField(label=_("Languages"), help_text=_("Those you speak, with commas between them."))
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_("The middle of it is shown in a circle."),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    without_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    field_order = [
        *("picture", "without_picture"),
        *("name", "title", "place", "telephone", "about", "skills", "languages"),
        *("email", "staff_number", "unit", "manager", "started_on"),
    ]

    def __init__(self, *args: Any, viewer: "Person", person: "Person", **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.initial = initial_of(person)
        words = [name for name in self.fields if name not in OF_PICTURE]
        for name in [name for name in words if not rules.may_change_field(viewer, person, name)]:
            del self.fields[name]
        if not person.picture:
            del self.fields["without_picture"]
        self.offer(viewer)


def initial_of(person: "Person") -> dict[str, Any]:
    """What a profile says now."""
    names = ("name", "title", "place", "telephone", "about", "skills", "languages", "email", "staff_number")
    return {
        **{name: getattr(person, name) for name in names},
        "unit": person.unit_id,
        "manager": person.manager.handle if person.manager else "",
        "started_on": person.started_on,
    }


class RoleForm(forms.Form):
    """A role for a colleague; a unit matters for leaders only."""

    person = fields.ColleagueField(label=_("Colleague"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = fields.UnitField(help_text=_("For a leader: the unit they lead, with all below it."))

    def __init__(self, *args: Any, viewer: "Person", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].viewer = viewer  # type: ignore[attr-defined]
        self.fields["unit"].offer_units()  # type: ignore[attr-defined]
