"""What P02 counts: one query a figure."""

OFFERED = """
SELECT i.client_id, i.offered_in_contact IS NOT NULL, 'asked ' || [[i.first_contact_at]]
FROM intake_inquiry i
WHERE [[i.first_contact_at]] BETWEEN %(first)s AND %(last)s ORDER BY i.first_contact_at
"""
CONTACTS = """
SELECT s.client_id, i.contacts <= 3, i.contacts || ' contacts', i.contacts AS value,
  CASE WHEN s.imported THEN 'imported' WHEN i.contacts IS NULL THEN 'no inquiry on record' END AS left_out
FROM placement_stay s LEFT JOIN LATERAL (
  SELECT q.contacts FROM intake_inquiry q
  WHERE q.client_id = s.client_id AND q.first_contact_at <= s.admitted_at
  ORDER BY q.first_contact_at DESC LIMIT 1) AS i ON true
WHERE [[s.admitted_at]] BETWEEN %(first)s AND %(last)s ORDER BY s.admitted_at
"""
ASKED_OF = """
SELECT i.client_id, i.questions <= 12, i.questions || ' questions', i.questions AS value
FROM intake_inquiry i
WHERE [[i.first_contact_at]] BETWEEN %(first)s AND %(last)s ORDER BY i.first_contact_at
"""
MINUTES = """
SELECT e.client_id, e.minutes <= 90, e.minutes || ' minutes', e.minutes AS value,
  CASE WHEN e.sittings > 1 OR e.minutes IS NULL THEN 'held in several sittings' END AS left_out
FROM (
  SELECT v.client_id, v.signed_at,
    CASE WHEN [[v.started_at]] = [[v.finished_at]]
      THEN round(extract(epoch FROM v.finished_at - v.started_at) / 60) END AS minutes,
    (SELECT count(*) FROM assessment_visit s WHERE s.evaluation_id = v.id) AS sittings
  FROM assessment_evaluation v
  WHERE v.state = 'signed' AND [[v.signed_at]] BETWEEN %(first)s AND %(last)s
) AS e ORDER BY e.signed_at
"""
HURDLES = """
WITH hurdles AS (
  SELECT h.client_id, h.what, h.named_at, h.answered_at,
    (SELECT count(*) FROM generate_series(([[h.named_at]] + 1)::timestamp,
       [[coalesce(h.answered_at, %(now)s)]]::timestamp, interval '1 day') AS d
     WHERE extract(isodow FROM d) < 6) AS working_days
  FROM intake_hurdle h WHERE [[h.named_at]] BETWEEN %(first)s AND %(last)s
)
SELECT client_id, answered_at IS NOT NULL AND working_days <= 2, what,
  CASE WHEN answered_at IS NULL AND working_days <= 2 THEN 'its 2 working days are not over' END AS left_out
FROM hurdles ORDER BY named_at
"""
SHOWED = """
SELECT b.client_id, b.state <> 'came',
  CASE b.state WHEN 'came' THEN '' WHEN 'missed' THEN 'did not come' ELSE 'nobody wrote down' END
    || ' ' || [[s.starts_at]],
  CASE WHEN b.state = 'cancelled' THEN 'cancelled before' END AS left_out
FROM intake_evaluationbooking b JOIN intake_evaluationslot s ON s.id = b.slot_id
WHERE [[s.starts_at]] BETWEEN %(first)s AND %(last)s ORDER BY s.starts_at
"""
NOT_ADMITTED = """
SELECT i.client_id, i.closed_reason <> '' AND i.alternative <> '' AND i.reviewer_id IS NOT NULL,
  i.closed_reason
FROM intake_inquiry i
WHERE i.state = 'closed' AND [[i.closed_at]] BETWEEN %(first)s AND %(last)s ORDER BY i.closed_at
"""
LOST = """
SELECT i.client_id, NOT EXISTS (SELECT FROM intake_hurdle h WHERE h.inquiry_id = i.id), i.closed_reason
FROM intake_inquiry i
WHERE i.state = 'closed' AND [[i.closed_at]] BETWEEN %(first)s AND %(last)s ORDER BY i.closed_at
"""
