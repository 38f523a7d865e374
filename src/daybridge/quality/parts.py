"""Pieces of SQL that several measures share. `[[moment]]` is its local day (see `reading`)."""

# Who asked for help in the window: first session after admission, or how it ended else.
ASKED = """
WITH asked AS (
  SELECT i.client_id, i.entered_at, [[i.first_contact_at]] AS day, [[%(now)s]] AS today,
         i.first_contact_at, first.day AS first,
         CASE WHEN i.state = 'closed' AND i.closed_at <= %(now)s THEN [[i.closed_at]] END AS closed,
         CASE WHEN stay.ended_at <= %(now)s THEN [[stay.ended_at]] END AS gone
  FROM intake_inquiry i
  LEFT JOIN LATERAL (
    SELECT s.admitted_at, s.ended_at FROM placement_stay s
    WHERE s.client_id = i.client_id AND s.admitted_at >= i.first_contact_at
    ORDER BY s.admitted_at LIMIT 1) AS stay ON true
  LEFT JOIN LATERAL (
    SELECT min(a.day) AS day FROM hours_attendance a
    WHERE a.client_id = i.client_id AND a.clinical_minutes > 0
      AND a.day BETWEEN [[stay.admitted_at]] AND [[%(now)s]]) AS first ON true
  WHERE [[i.first_contact_at]] BETWEEN %(first)s AND %(last)s
)
"""

# Every day of every stay in the window. An imported stay begins here with its first professional in charge.
DAYS = """
WITH begun AS (
  SELECT s.*, [[CASE WHEN s.imported THEN (SELECT coalesce(min(c.from_at), s.admitted_at)
                  FROM placement_incharge c WHERE c.stay_id = s.id)
                ELSE s.admitted_at END]] AS begins, [[s.ended_at]] AS ends
  FROM placement_stay s
), days AS (
  SELECT s.id, s.client_id, s.begins, d::date AS day FROM begun s
  CROSS JOIN LATERAL generate_series(
    greatest(s.begins, %(first)s)::timestamp,
    least(coalesce(s.ends - 1, %(last)s), %(last)s)::timestamp, interval '1 day') AS d
)
"""

# Every week (Monday to Sunday) that ended in the window, of every stay it touches.
WEEKS = """
WITH spans AS (
  SELECT s.id, s.client_id, [[CASE WHEN s.imported THEN (SELECT coalesce(min(c.from_at), s.admitted_at)
                  FROM placement_incharge c WHERE c.stay_id = s.id)
                ELSE s.admitted_at END]] AS begins,
    [[s.ended_at]] AS ends
  FROM placement_stay s
), weeks AS (
  SELECT s.client_id, w.monday,
    s.begins <= w.monday AND (s.ends IS NULL OR s.ends > w.monday + 6) AS whole,
    least(coalesce(s.ends, w.monday + 6), w.monday + 6) - greatest(s.begins, w.monday) + 1 AS enrolled,
    EXISTS (SELECT FROM placement_levelperiod l WHERE l.stay_id = s.id AND l.level = 'iop'
      AND [[l.from_at]] <= greatest(w.monday, s.begins)
      AND (l.until_at IS NULL OR [[l.until_at]] >= least(coalesce(s.ends, w.monday + 6), w.monday + 6))
    ) AS iop,
    60 * coalesce((SELECT p.hours FROM planning_prescribedhours p
      WHERE p.client_id = s.client_id AND p.from_day <= w.monday
      ORDER BY p.from_day DESC, p.id DESC LIMIT 1), %(iop_week_hours)s) AS due,
    (SELECT coalesce(sum(a.clinical_minutes), 0) FROM hours_attendance a
      WHERE a.client_id = s.client_id AND a.day BETWEEN w.monday AND w.monday + 6) AS given
  FROM spans s
  CROSS JOIN LATERAL (
    SELECT d::date AS monday FROM generate_series(date_trunc('week', %(first)s::timestamp),
                                                  %(last)s::timestamp, interval '7 days') AS d
  ) AS w
  WHERE w.monday + 6 BETWEEN %(first)s AND %(last)s
    AND s.begins <= w.monday + 6 AND (s.ends IS NULL OR s.ends >= w.monday)
)
"""

_STAYING = """
WITH stays AS (
  SELECT s.client_id, s.imported, s.end_reason, [[s.admitted_at]] AS day,
    CASE WHEN [[s.ended_at]] <= %(last)s THEN [[s.ended_at]] END AS ended,
    greatest([[s.admitted_at]], (SELECT max(a.day) FROM hours_attendance a
      WHERE a.client_id = s.client_id AND a.kind LIKE 'attended%%'
        AND a.day BETWEEN [[s.admitted_at]] AND least([[s.ended_at]], %(last)s))) AS seen
  FROM placement_stay s WHERE [[s.admitted_at]] BETWEEN %(first)s AND %(last)s
), known AS (
  SELECT *, coalesce(ended, %(last)s) - seen >= %(silent_days)s AS silent FROM stays
), times AS (
  SELECT *, CASE WHEN silent THEN seen ELSE ended END AS gone FROM known
)
SELECT client_id, coalesce(gone, %(last)s) - day >= {day},
  CASE WHEN ended IS NOT NULL THEN 'left on day ' || gone - day || ': ' || end_reason
       WHEN silent THEN 'open and silent since ' || seen
       ELSE 'day ' || %(last)s - day END,
  coalesce(gone, %(last)s) - day AS value,
  CASE WHEN gone IS NULL THEN '' WHEN ended IS NULL THEN 'left early'
       WHEN end_reason IN ('completed as planned', 'died', 'jailed') THEN end_reason
       ELSE 'left early' END AS ended,
  CASE WHEN imported THEN 'imported: those who left before the import are not on record' END AS left_out
FROM times ORDER BY day, client_id
"""


def staying(day: int) -> str:
    """Return how long each stay lasts; counted is who stayed until a day after admission.

    After some silent days the stay ends, for the measure, at the last presence, and is put
    back when the client returns. A move without a confirmed hand-over is left early.
    """
    return _STAYING.replace("{day}", str(int(day)))

# The newest plan that both have signed, of everybody who is in care now.
IN_FORCE = """
WITH in_force AS (
  SELECT DISTINCT ON (p.client_id) p.id, p.client_id, p.number FROM planning_plan p
  JOIN placement_stay s ON s.id = p.stay_id AND s.admitted_at <= %(now)s
    AND (s.ended_at IS NULL OR s.ended_at > %(now)s)
  WHERE p.signed_at <= %(now)s ORDER BY p.client_id, p.number DESC
)
"""
