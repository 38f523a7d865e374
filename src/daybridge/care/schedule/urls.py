"""Addresses of groups and sessions."""

from django.urls import path

from daybridge.care.schedule import (
    views,
    views_apart,
    views_change,
    views_closing,
    views_cover,
    views_interpreter,
    views_joining,
    views_objectives,
    views_practice,
    views_waiting,
    views_week,
)

app_name = "schedule"
urlpatterns = [
    path("groups/", views.groups, name="groups"),
    path("week/", views_week.week, name="week"),
    path("clients/<int:client_id>/week/", views_week.client_week, name="client_week"),
    path("sessions/<int:occurrence_id>/move/", views_week.move, name="move"),
    path("staff/<int:user_id>/cover/", views_cover.cover_page, name="cover"),
    path("groups/new/", views.new_group, name="new_group"),
    path("groups/<int:series_id>/", views_practice.group, name="group"),
    path("clients/<int:client_id>/groups/interpreter/", views_interpreter.interpreter, name="interpreter"),
    path("settings/days/closing/", views_closing.closing, name="closing"),
    path("groups/<int:series_id>/change/", views_change.change, name="change_group"),
    path("groups/<int:series_id>/joining/", views_joining.joining, name="joining"),
    path("clients/<int:client_id>/sessions/<int:occurrence_id>/practice/",
         views_practice.session_practice, name="session_practice"),
    path("clients/<int:client_id>/groups/", views.places, name="places"),
    path("clients/<int:client_id>/groups/join/", views.join_group, name="join"),
    path("clients/<int:client_id>/groups/leave/", views.leave_groups, name="leave_all"),
    path("clients/<int:client_id>/groups/<int:series_id>/leave/", views.leave_group, name="leave"),
    path("clients/<int:client_id>/sessions/book/", views.book_one, name="book_one"),
    path("clients/<int:client_id>/groups/wait/", views_waiting.wait, name="wait"),
    path("clients/<int:client_id>/plan/groups/", views_objectives.objectives, name="objectives"),
    path("clients/<int:client_id>/apart/", views_apart.apart, name="apart"),
    path("clients/<int:client_id>/apart/add/", views_apart.add, name="apart_add"),
    path("clients/<int:client_id>/apart/<int:other_id>/end/", views_apart.end, name="apart_end"),
]
