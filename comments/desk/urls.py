"""The desk's addresses, below /admin/desk/."""

from django.urls import path

from comments.desk import bulk_pages, claiming, dashboard, jobs, news, readers, saved_views, second_look, views

app_name = "desk"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("comments/<uuid:public_id>/", views.comment, name="comment"),
    path("comments/<uuid:public_id>/decisions/", views.decisions, name="decisions"),
    path("comments/<uuid:public_id>/claim/", claiming.renew, name="claim"),
    path("comments/<uuid:public_id>/claim/release/", claiming.release, name="release"),
    path("comments/<uuid:public_id>/claim/take-over/", claiming.take_over, name="take_over"),
    path("news/", news.news, name="news"),
    path("bulk/", bulk_pages.decide_many, name="bulk"),
    path("bulk/own/", jobs.own, name="own_jobs"),
    path("bulk/<uuid:public_id>/", jobs.job, name="job"),
    path("bulk/<uuid:public_id>/undo/", jobs.undo, name="undo_job"),
    path("views/", saved_views.save, name="save_view"),
    path("views/<int:key>/forget/", saved_views.forget, name="forget_view"),
    path("readers/<uuid:public_id>/", readers.reader, name="reader"),
    path("readers/<uuid:public_id>/notes/", readers.note, name="reader_note"),
    path("readers/<uuid:public_id>/sanctions/", readers.impose, name="reader_sanctions"),
    path("readers/<uuid:public_id>/sanctions/<int:sanction>/lift/", readers.lift, name="reader_lift"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("second-look/", second_look.second_look, name="second_look"),
]
