"""What people fill in about themselves and about colleagues, turned into clean values."""

from heard.foundation.people.forms.entering import BeginForm, CodeForm, JoinForm
from heard.foundation.people.forms.inviting import AddressForm, MailForm, PaperForm
from heard.foundation.people.forms.profiles import PersonForm, ProfileForm, RoleForm

__all__ = [
    "AddressForm",
    "BeginForm",
    "CodeForm",
    "JoinForm",
    "MailForm",
    "PaperForm",
    "PersonForm",
    "ProfileForm",
    "RoleForm",
]
