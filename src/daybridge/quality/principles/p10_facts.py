"""What P10 counts: one query a figure."""

# Moderate or severe opioid or alcohol use disorder, by the evaluation signed until 7 days after admission.
OFFERED = """
WITH who AS (
  SELECT s.client_id, s.imported, s.admitted_at, [[s.admitted_at]] AS day,
    (SELECT array_agg(r.substance::text) FROM assessment_substancerating r
     WHERE r.substance IN ('opioid', 'alcohol') AND r.severity IN ('moderate', 'severe')
       AND r.evaluation_id = (SELECT e.id FROM assessment_evaluation e
         WHERE e.client_id = s.client_id AND e.state = 'signed' AND [[e.signed_at]] <= [[s.admitted_at]] + 7
         ORDER BY e.signed_at DESC LIMIT 1)) AS disorders
  FROM placement_stay s WHERE [[s.admitted_at]] + 7 BETWEEN %(first)s AND %(last)s
)
SELECT w.client_id, NOT EXISTS (SELECT FROM unnest(w.disorders) AS d WHERE NOT EXISTS (
    SELECT FROM medical_offer o WHERE o.client_id = w.client_id AND o.substance = d
      AND [[o.offered_at]] BETWEEN w.day - 60 AND w.day + 7)),
  'admitted ' || w.day, CASE WHEN w.imported THEN 'imported' END AS left_out
FROM who w WHERE w.disorders IS NOT NULL ORDER BY w.admitted_at
"""
# A wish stated again within 90 days is the same wish.
BEGUN = """
WITH wanted AS (
  SELECT o.client_id, o.substance, o.offered_at, [[o.offered_at]] AS day FROM medical_offer o
  WHERE o.wish = 'wants' AND NOT EXISTS (SELECT FROM medical_offer p
    WHERE p.client_id = o.client_id AND p.substance = o.substance AND p.wish = 'wants'
      AND (p.offered_at, p.id) < (o.offered_at, o.id) AND p.offered_at > o.offered_at - interval '90 days')
)
SELECT w.client_id, started.yes, 'wants it since ' || w.day,
  CASE WHEN NOT started.yes AND EXISTS (SELECT FROM medical_offer c
      WHERE c.client_id = w.client_id AND c.substance = w.substance
        AND c.wish IN ('declined', 'not_now') AND c.offered_at > w.offered_at
        AND [[c.offered_at]] <= w.day + 14)
    THEN 'no longer wants it' END AS left_out
FROM wanted w CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM medical_begun b
    WHERE b.client_id = w.client_id AND b.substance = w.substance
      AND b.begun_on BETWEEN w.day AND w.day + 14) AS yes) AS started
WHERE w.day + 14 BETWEEN %(first)s AND %(last)s ORDER BY w.offered_at
"""
TOLD = """
SELECT o.client_id, coalesce([[o.told_at]] <= [[o.consented_at]] + 14, false),
  CASE WHEN o.told_at IS NULL THEN 'not told yet' ELSE 'told ' || [[o.told_at]] END,
  CASE o.consent WHEN 'no' THEN 'no consent' WHEN 'not_asked' THEN 'consent not asked yet' END AS left_out
FROM medical_outsideprescriber o
WHERE [[coalesce(o.consented_at, o.named_at)]] + 14 BETWEEN %(first)s AND %(last)s
ORDER BY o.named_at
"""
AGAIN = """
SELECT o.client_id, EXISTS (SELECT FROM medical_offer a
    WHERE a.client_id = o.client_id AND a.substance = o.substance
      AND (a.offered_at, a.id) > (o.offered_at, o.id) AND [[a.offered_at]] <= [[o.offered_at]] + 30),
  'said no, or not now, ' || [[o.offered_at]],
  CASE WHEN NOT EXISTS (SELECT FROM placement_stay s WHERE s.client_id = o.client_id
      AND s.admitted_at <= o.offered_at + interval '30 days'
      AND (s.ended_at IS NULL OR [[s.ended_at]] > [[o.offered_at]] + 30))
    THEN 'no longer in care after 30 days' END AS left_out
FROM medical_offer o
WHERE o.wish IN ('declined', 'not_now') AND [[o.offered_at]] + 30 BETWEEN %(first)s AND %(last)s
ORDER BY o.offered_at
"""
# 180 days on the list of medicines without a gap of more than 7 days (as in HEDIS POD).
CONTINUED = """
SELECT b.client_id, (datemultirange(daterange(b.begun_on, b.begun_on + 8)) + coalesce(
    (SELECT range_agg(daterange(coalesce(m.since, [[m.entered_at]]),
       greatest(coalesce(m.until, %(last)s) + 8, coalesce(m.since, [[m.entered_at]]))))
     FROM medicines_medicine m WHERE m.client_id = b.client_id AND NOT m.mistaken
       AND m.classes::text[] && ARRAY['buprenorphine', 'methadone', 'naltrexone']), '{}'::datemultirange
  )) @> daterange(b.begun_on, b.begun_on + 180), 'begun ' || b.begun_on
FROM medical_begun b
WHERE b.substance = 'opioid' AND b.begun_on + 180 BETWEEN %(first)s AND %(last)s ORDER BY b.begun_on
"""
