"""Addresses of instruments. Those of clients name no form: a phone's history is read by others."""

from django.urls import URLPattern, path

from daybridge.care.instruments import views, views_mine, views_settings

app_name = "instruments"
_ONE = "clients/<int:client_id>/instruments/"
urlpatterns: list[URLPattern] = [
    path(f"{_ONE}filled/<int:response_id>/", views.sheet, name="sheet"),
    path(f"{_ONE}<slug:instrument>/", views.fill, name="fill"),
    path("my/questions/begin/", views_mine.begin, name="begin"),
    path("my/questions/<int:begun_id>/", views_mine.questions, name="questions"),
    path("my/check/begin/", views_mine.begin_check, name="begin_check"),
    path("my/check/<int:check_id>/", views_mine.check, name="check"),
    path("settings/instruments/", views_settings.settings, name="settings"),
    path("settings/instruments/<slug:instrument>/", views_settings.timing, name="timing"),
]
