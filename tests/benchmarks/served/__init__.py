"""The application as gunicorn serves it to a benchmark, with one bare view beside it."""
