"""Addresses of intake."""

from django.urls import URLPattern, path

from daybridge.care.intake import views, views_help, views_inquiry

app_name = "intake"
_ONE = "clients/<int:client_id>/inquiry/"
urlpatterns: list[URLPattern] = [
    path("intake/", views.desk, name="desk"),
    path("intake/waiting/", views.waiting, name="waiting"),
    path("intake/new/", views.new, name="new"),
    path("intake/times/", views.slots, name="slots"),
    path("intake/not-admitted/", views.ended, name="ended"),
    path("intake/web/<uuid:web_id>/", views.take_web, name="take_web"),
    path("intake/<int:inquiry_id>/", views.by_number, name="by_number"),
    path(_ONE, views_inquiry.newest, name="newest"),
    path(f"{_ONE}<int:inquiry_id>/", views_inquiry.show, name="inquiry"),
    path(f"{_ONE}<int:inquiry_id>/<slug:what>/", views_inquiry.act, name="act"),
    path("help/", views_help.help_view, name="help"),
    path("help/language/", views_help.language, name="language"),
    path("help/thanks/", views_help.thanks, name="thanks"),
]
