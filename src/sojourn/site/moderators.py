"""Making a moderator: an account for the queue at /moderate/, and for nothing else."""

from django.contrib.auth.models import Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from sojourn.site.environment import refuse


def make_moderator(name: str, password: str) -> bool:
    """Make a moderator, or give one a new password; return whether the account is new. Raises InputError."""
    user = User.objects.filter(username=name).first() or User(username=name)
    try:
        User.username_validator(name)
        validate_password(password, user)
    except ValidationError as error:
        raise refuse(name, " ".join(error.messages), "Choose another one.") from None
    new = user.pk is None
    with transaction.atomic():
        user.is_staff = True
        user.set_password(password)
        user.save()
        models = ["experience", "correction"]
        may = Permission.objects.filter(
            content_type__app_label="site", content_type__model__in=models, codename__regex="^(view|change|delete)_"
        )
        user.user_permissions.set(may)
    return new
