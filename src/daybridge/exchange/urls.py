"""Addresses of files in and out."""

from django.urls import path

from daybridge.exchange import views, views_feed

app_name = "exchange"
urlpatterns = [
    path("feed/<str:token>.ics", views_feed.feed, name="feed"),
    path("calendar/", views_feed.staff_feed, name="staff_feed"),
    path("my/calendar/", views_feed.my_feed, name="my_feed"),
    path("import/clients/", views.choose, name="choose"),
    path("import/clients/<uuid:import_id>/", views.one_import, name="import"),
    path("import/clients/<uuid:import_id>/go/", views.go, name="go"),
    path("import/clients/<uuid:import_id>/cancel/", views.cancel, name="cancel"),
]
