"""Addresses of access."""

from django.urls import path

from daybridge.access import views, views_welcome

app_name = "access"
urlpatterns = [
    path("drafts/<str:form>/", views.keep_draft, name="draft"),
    path("kept/", views.kept_words, name="kept"),
    path("lock/", views.lock, name="lock"),
    path("unlock/", views.unlock, name="unlock"),
    path("welcome/<str:token>/", views_welcome.welcome, name="welcome"),
    path("demo-sign-in/", views.demo_sign_in, name="demo_sign_in"),
]
