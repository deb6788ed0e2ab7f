"""Writing down what happened."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.utils import timezone

from heard.foundation.record.models import Event


def happened(what: str, subject: Model, *, by: AbstractBaseUser | None, **detail: Any) -> Event:
    """Records `what` happened to `subject`, in the transaction of the caller; `detail` must be plain JSON."""
    return Event.objects.create(
        what=what,
        subject=subject._meta.label_lower,
        subject_id=subject.pk,
        by_id=by.pk if by else None,
        at=timezone.now(),
        detail=detail,
    )
