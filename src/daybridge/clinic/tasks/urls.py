"""Addresses of tasks and the rota."""

from django.urls import path

from daybridge.clinic.tasks import views

app_name = "tasks"
urlpatterns = [
    path("tasks/", views.tasks, name="list"),
    path("tasks/<uuid:task_id>/take/", views.take_one, name="take"),
    path("tasks/<uuid:task_id>/close/", views.close_one, name="close"),
    path("on-call/", views.rota, name="rota"),
]
