"""Every address of the bill."""

from django.urls import URLPattern, path

from billing.views import answers, decide, export, panel, recall, replays, review, reviews, rulebook

app_name = "billing"

urlpatterns: list[URLPattern] = [
    path("", reviews.reviews, name="reviews"),
    path("reviews/<int:pk>", review.review, name="review"),
    path("reviews/<int:pk>/answer", review.answer, name="answer"),
    path("approve-all", decide.approve_all, name="approve_all"),
    path("reviews/<int:pk>/approve", decide.approve, name="approve"),
    path("reviews/<int:pk>/hold", decide.hold, name="hold"),
    path("reviews/<int:pk>/release", decide.release, name="release"),
    path("reviews/<int:pk>/snooze", decide.snooze, name="snooze"),
    path("reviews/<int:pk>/undo", decide.undo, name="undo"),
    path("reviews/<int:pk>/ask", decide.ask, name="ask"),
    path("panel/<int:pk>", panel.panel, name="panel"),
    path("export", export.export, name="export"),
    path("export/make", export.make, name="export_make"),
    path("export/<int:pk>/file", export.file, name="export_file"),
    path("recalls/<int:pk>/", recall.recall_charges, name="recall_charges"),
    path("reviews/<int:pk>/answers", answers.answers, name="answers"),
    path("replay/", replays.replays, name="replays"),
    path("replay/new", replays.new, name="replay_new"),
    path("replay/value", replays.value, name="replay_value"),
    path("replay/<int:pk>", replays.replay, name="replay"),
    path("replay/<int:pk>/progress", replays.progress, name="replay_progress"),
    path("replay/<int:pk>/cancel", replays.cancel, name="replay_cancel"),
    path("replay/<int:pk>/table", replays.table, name="replay_table"),
    path("rulebook/", rulebook.contents, name="rulebook"),
    path("rulebook/payers/<str:key>/", rulebook.payer, name="payer"),
    path("rulebook/<str:address>/", rulebook.rule, name="rule"),
]
