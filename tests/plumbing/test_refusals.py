"""Refusals speak one sentence in the reader's language."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from heard.plumbing.refusals import Refusal


class DoorIsShut(Refusal):
    status = 409
    sentence = gettext_lazy("Yes")


def test_a_refusal_says_its_own_sentence():
    assert str(DoorIsShut()) == "Yes"
    assert str(DoorIsShut("Closed until Monday.")) == "Closed until Monday."
    assert DoorIsShut.status == 409


def test_a_refusal_is_worded_when_it_is_read():
    refusal = DoorIsShut()
    with translation.override("de"):
        assert str(refusal) == "Ja"


def test_without_words_of_its_own_a_refusal_still_says_something():
    assert str(Refusal()).endswith(".")
    assert Refusal.status == 422
