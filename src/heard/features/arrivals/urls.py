"""Addresses of moving in."""

from django.urls import path

from heard.features.arrivals.views import newcomers, runs

app_name = "arrivals"
urlpatterns = [
    path("arrivals/", runs.arrivals, name="list"),
    path("arrivals/people/", newcomers.listed, name="newcomers"),
    path("arrivals/people/joinings/<int:joining_id>/withdrawal/", newcomers.parting, name="parting"),
    path("arrivals/people/<str:handle>/joining/", newcomers.joining, name="joining"),
    path("arrivals/<int:run_id>/", runs.run, name="run"),
    path("arrivals/<int:run_id>/progress/", runs.progress, name="progress"),
    path("arrivals/<int:run_id>/reading/", runs.reading, name="reading"),
    path("arrivals/<int:run_id>/beginning/", runs.beginning, name="beginning"),
    path("arrivals/<int:run_id>/choices/", runs.choosing, name="choices"),
    path("arrivals/<int:run_id>/taking-back/", runs.taking_back, name="taking-back"),
    path("arrivals/<int:run_id>/withdrawal/", runs.withdrawal, name="withdrawal"),
]
