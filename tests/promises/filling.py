"""A log of any size: events over a year, spread over the people and patients of a practice."""

FILL = """
WITH people AS (SELECT array_agg(id) AS ids FROM injections_staff WHERE practice_id = %(practice)s),
     patients AS (SELECT array_agg(id) AS ids FROM injections_patient WHERE practice_id = %(practice)s)
INSERT INTO injections_auditevent (at, practice_id, person_id, patient_id, action, subject, row_key, columns)
SELECT '2025-01-01T00:00Z'::timestamptz + n * interval '1 year' / %(rows)s, %(practice)s,
       people.ids[1 + n %% cardinality(people.ids)],
       CASE WHEN n %% 4 > 0 THEN patients.ids[1 + n * 7 %% cardinality(patients.ids)] END,
       (ARRAY['added', 'changed', 'removed', 'read', 'searched', 'refused'])[1 + n * 13 %% 97 %% 6],
       'table_' || n %% 40, n::text, '{phone}'
FROM generate_series(0, %(rows)s - 1) n, people, patients
"""


def fill_log(found, practice_id, rows):
    """Put so many events there, as the owner, in sight of one practice."""
    found.execute("SELECT set_config('app.practice', %s, false)", [str(practice_id)])
    found.execute(FILL, {"practice": practice_id, "rows": rows})
    found.execute("ANALYZE injections_auditevent")
