"""SQL over filled forms: measured again on time (P06), the alliance check of the last 14 days (P04)."""

from daybridge.care.instruments.known import instruments
from daybridge.care.instruments.rules_due import DEFAULTS

GRACE_DAYS = 2  # a filling this many days after its day is on time (own)
_OURS = ", ".join(
    f"('{name}', {timing.every})" for name, timing in sorted(DEFAULTS.items())
    if timing.every is not None and name in instruments()
    and instruments()[name].data_class == "instrument"
)
_REASSESSED = """
WITH ours (instrument, every) AS (VALUES [ours]), chosen AS (
  SELECT DISTINCT ON (t.instrument) t.instrument, t.every_days AS every, t.levels
  FROM instruments_timing t WHERE t.effective_on <= %(last)s
  ORDER BY t.instrument, t.effective_on DESC, t.id DESC
), rules AS (
  SELECT instrument, every, levels FROM chosen WHERE every IS NOT NULL
  UNION ALL
  SELECT o.instrument, o.every, '{}'::varchar[] FROM ours o
  WHERE NOT EXISTS (SELECT FROM chosen c WHERE c.instrument = o.instrument)
), due AS (
  SELECT s.client_id, s.imported, r.instrument, r.every, [[s.admitted_at]] + k * r.every AS day
  FROM placement_stay s CROSS JOIN rules r
  CROSS JOIN LATERAL generate_series(1, (%(last)s - [[s.admitted_at]]) / r.every) AS k
  WHERE (s.ended_at IS NULL OR [[s.ended_at]] > [[s.admitted_at]] + k * r.every)
    AND (r.levels = '{}' OR EXISTS (SELECT FROM placement_levelperiod l
      WHERE l.stay_id = s.id AND l.level = ANY(r.levels)
        AND [[l.from_at]] <= [[s.admitted_at]] + k * r.every
        AND (l.until_at IS NULL OR [[l.until_at]] > [[s.admitted_at]] + k * r.every)))
)
SELECT d.client_id, EXISTS (SELECT FROM instruments_response f
    WHERE f.client_id = d.client_id AND f.instrument = d.instrument AND f.status = 'complete'
      AND [[f.ended_at]] > d.day - d.every AND [[f.ended_at]] <= d.day + [grace]),
  d.instrument || ' due ' || d.day,
  CASE WHEN d.imported THEN 'imported' END AS left_out
FROM due d WHERE d.day + [grace] BETWEEN %(first)s AND %(last)s
ORDER BY d.day, d.client_id, d.instrument
"""
# a reassessment that was due, and whether it was filled whole since the one before, on time
REASSESSED = _REASSESSED.replace("[ours]", _OURS).replace("[grace]", str(GRACE_DAYS))

# a client in care: a check by themselves, whole, in the last 14 days
CHECKED = """
SELECT s.client_id, EXISTS (SELECT FROM instruments_allianceresponse r
    WHERE r.client_id = s.client_id AND r.status = 'complete'
      AND r.ended_at > %(now)s - interval '14 days' AND r.ended_at <= %(now)s),
  'in care since ' || [[s.admitted_at]]
FROM placement_stay s
WHERE (s.ended_at IS NULL OR s.ended_at > %(now)s) AND s.admitted_at <= %(now)s
ORDER BY s.admitted_at, s.client_id
"""
