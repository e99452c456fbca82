"""The moderators' queue, in Django's admin: what waits stands first; texts are shown as sent, and never changed."""

from django.contrib import admin
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest

from sojourn.site.experiences.models import Correction, Experience, State
from sojourn.site.experiences.shown import forget

admin.site.site_header = admin.site.site_title = "Sojourn"
admin.site.index_title = "Moderation"


class _Queue(admin.ModelAdmin):  # type: ignore[type-arg]
    """What visitors sent: moderators decide on it, and neither write nor rewrite it."""

    list_filter = ["state", "pathway", "language"]
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: object = None) -> list[str]:
        return [f.name for f in self.model._meta.fields if f.name != "state"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Experience]:
        """Return the entries, those that wait first."""
        first = Case(When(state=State.WAITING, then=Value(0)), default=Value(1))
        return super().get_queryset(request).order_by(first, "-created")


@admin.register(Experience)
class ExperienceQueue(_Queue):
    """Experiences; only what is published appears on the site."""

    list_display = ["created", "state", "pathway", "language", "text", "outcome", "asked_for", "flags"]
    actions = ["publish", "refuse"]
    exclude = ["key", "likeness"]

    @admin.action(description="Publish")
    def publish(self, request: HttpRequest, chosen: QuerySet[Experience]) -> None:
        """Let the chosen entries appear, but for those that their writers withdrew."""
        chosen.exclude(state=State.WITHDRAWN).update(state=State.PUBLISHED, flags=0)
        forget()

    @admin.action(description="Do not publish")
    def refuse(self, request: HttpRequest, chosen: QuerySet[Experience]) -> None:
        """Keep the chosen entries off the site."""
        chosen.exclude(state=State.WITHDRAWN).update(state=State.REFUSED)
        forget()


@admin.register(Correction)
class CorrectionQueue(_Queue):
    """Corrections, each with an entry for `cases.yaml`."""

    list_display = ["created", "state", "pathway", "line", "text", "source"]
