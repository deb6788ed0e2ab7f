"""What everybody may know of what was said without a name: how much, how fast it was answered, who listens."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from heard.features.desk import queries, rules
from heard.features.voice import queries as voice
from heard.features.voice.rules import monday
from heard.foundation.people.queries import MemberRequest


@require_safe
def listening(request: MemberRequest) -> HttpResponse:
    """Numbers up to the end of last week, the listeners, and the way to speak."""
    week = monday(timezone.now().date())
    shown = {
        "nav": "listening",
        "week": week,
        "numbers": voice.numbers(week),
        "named": queries.holder_names(),
        "is_heard": queries.is_heard(),
        "tokens": rules.TOKENS_A_MONTH,
        "may_listen": rules.may_listen(request.user),
        "waiting": queries.waiting(request.user) if rules.may_listen(request.user) else 0,
        "may_name": rules.may_name_listeners(request.user),
    }
    return render(request, "desk/listening.html", shown)
