"""Addresses of assessment."""

from django.urls import URLPattern, path

from daybridge.care.assessment import views, views_needs, views_person

app_name = "assessment"
_ONE = "clients/<int:client_id>/evaluation/"
urlpatterns: list[URLPattern] = [
    path(_ONE, views.evaluation, name="evaluation"),
    path(f"{_ONE}start/", views.start, name="start"),
    path(f"{_ONE}finish/", views.finish, name="finish"),
    path(f"{_ONE}sign/", views.sign, name="sign"),
    path(f"{_ONE}reason/", views_person.reason, name="reason"),
    path(f"{_ONE}rulers/", views_person.rulers, name="rulers"),
    path(f"{_ONE}addendum/", views_person.addendum, name="addendum"),
    path("clients/<int:client_id>/needs/", views_needs.needs, name="needs"),
    path("clients/<int:client_id>/needs/add/", views_needs.add, name="need_add"),
    path("clients/<int:client_id>/needs/<int:need_id>/", views_needs.answer, name="need_answer"),
    path(f"{_ONE}<slug:section>/", views.section, name="section"),
]
