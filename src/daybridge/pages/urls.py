"""Addresses of pages made of several domains."""

from django.urls import path

from daybridge.pages import (
    chart,
    client_home,
    find,
    leaving,
    plan_paper,
    programme,
    supporter_home,
    today,
    views,
)

app_name = "pages"
urlpatterns = [
    path("", views.front, name="front"),
    path("today/", today.today, name="today"),
    path("clients/<int:client_id>/", chart.chart, name="chart"),
    path("clients/<int:client_id>/plan/paper/", plan_paper.plan_paper, name="plan_paper"),
    path("my/plan/paper/", plan_paper.my_plan_paper, name="my_plan_paper"),
    path("home/", client_home.client_home, name="client_home"),
    path("support/", supporter_home.supporter_home, name="supporter_home"),
    path("programme/", programme.programme, name="programme"),
    path("staff/<int:staff_id>/leaving/", leaving.leaving, name="leaving"),
    path("find/", find.find, name="find"),
    path("nothing-here/", views.nothing_here, name="nothing_here"),
]
