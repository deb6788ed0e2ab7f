"""Addresses of moving in."""

from django.urls import path

from heard.features.arrivals import views

app_name = "arrivals"
urlpatterns = [
    path("arrivals/", views.arrivals, name="list"),
    path("arrivals/<int:run_id>/", views.run, name="run"),
    path("arrivals/<int:run_id>/progress/", views.progress, name="progress"),
    path("arrivals/<int:run_id>/beginning/", views.beginning, name="beginning"),
    path("arrivals/<int:run_id>/choices/", views.choosing, name="choices"),
    path("arrivals/<int:run_id>/taking-back/", views.taking_back, name="taking-back"),
    path("arrivals/<int:run_id>/withdrawal/", views.withdrawal, name="withdrawal"),
]
