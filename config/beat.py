"""What is done again and again, by which task, every so many seconds."""

CELERY_BEAT_SCHEDULE: dict[str, dict[str, object]] = {
    # A look that waits behind others is a look too many: the next one sees the same rows.
    "outbox": {"task": "injections.tasks.drain_outbox", "schedule": 5.0, "options": {"expires": 5}},
    "uploads": {"task": "injections.tasks.sweep_uploads", "schedule": 5.0, "options": {"expires": 5}},
    "unconfirmed": {"task": "injections.tasks.purge_uploads", "schedule": 3600.0, "options": {"expires": 3600}},
    "replays": {"task": "billing.tasks.sweep_replays", "schedule": 5.0, "options": {"expires": 5}},
    "seal": {"task": "injections.tasks.seal", "schedule": 30.0, "options": {"expires": 30}},
    "anchor": {"task": "injections.tasks.anchor", "schedule": 60.0, "options": {"expires": 60}},
    "downtime": {"task": "injections.tasks.make_downtime_packs", "schedule": 600.0, "options": {"expires": 600}},
}
