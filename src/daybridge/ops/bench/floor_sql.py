"""The floor's statements: for each page as few as one would write by hand."""

SESSION = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > now()"
USER = "SELECT id, name, roles FROM access_user WHERE id = %s AND is_active"
AUDIT = """
INSERT INTO access_auditevent (at, xid, outcome, user_id, roles, act, client_id, detail, once)
VALUES (%(at)s, pg_current_xact_id()::text::bigint, %(outcome)s, %(me)s, %(roles)s, %(act)s,
        %(client)s, '{}', %(once)s) ON CONFLICT DO NOTHING
"""
CLAIM = """
INSERT INTO access_idempotencykey (key, user_id, route, body, location, made_at)
VALUES (%s, %s, %s, '', '', %s) ON CONFLICT DO NOTHING
"""
ON_CALL = """
SELECT s.name, o.phone, o.ends_at FROM tasks_oncallshift o JOIN people_staff s ON s.user_id = o.user_id
WHERE o.part = 'primary' AND o.starts_at <= %(at)s AND o.ends_at > %(at)s
"""
MY_DAY = """
SELECT o.id, o.starts_at, o.ends_at, o.state, o.service, r.name AS room, t.words AS title,
       (SELECT taken FROM schedule_taken(ARRAY[o.id])) AS taken
FROM schedule_occurrence o LEFT JOIN programme_room r ON r.id = o.room_id
LEFT JOIN schedule_seriestitle t ON t.series_id = o.series_id
WHERE o.day = %(day)s AND o.leader_id = %(me)s AND o.state <> 'cancelled' ORDER BY o.starts_at
"""
ROSTER = """
SELECT c.preferred_name AS name, k.at AS came FROM schedule_expected e
JOIN people_client c ON c.id = e.client_id
LEFT JOIN hours_checkin k ON k.client_id = e.client_id AND k.occurrence_id = e.occurrence_id
WHERE e.occurrence_id = %(one)s AND e.state = 'expected' ORDER BY 1
"""
ALERTS = """
SELECT t.id, t.title, t.why, t.due_at, c.preferred_name AS name FROM tasks_task t
LEFT JOIN people_client c ON c.id = t.client_id
WHERE t.closed_at IS NULL AND t.kind = 'alert' AND t.taken_at IS NULL ORDER BY t.due_at LIMIT 50
"""
TASKS = """
SELECT t.title, t.due_at, c.preferred_name AS name FROM tasks_task t
LEFT JOIN people_client c ON c.id = t.client_id
WHERE t.closed_at IS NULL AND (t.owner_id = %(me)s OR (t.owner_id IS NULL AND t.kind = 'task'))
ORDER BY t.due_at LIMIT 6
"""
OUTREACH = """
SELECT c.id, c.preferred_name AS name, o.missed_at, p.value, p.may_call, p.may_text, p.safe_at_home
FROM retention_outreach o JOIN people_client c ON c.id = o.client_id
LEFT JOIN people_contactpoint p ON p.client_id = c.id AND p.kind = 'phone' AND p.ended_at IS NULL
WHERE o.closed_at IS NULL ORDER BY o.due_at LIMIT 6
"""
DUE = """
SELECT c.id, c.preferred_name AS name, max(p.signed_at) AS signed, count(DISTINCT a.code) AS papers,
       bool_or(d.id IS NOT NULL) AS dissent
FROM placement_stay s JOIN people_client c ON c.id = s.client_id
LEFT JOIN planning_plan p ON p.stay_id = s.id AND p.signed_at IS NOT NULL
LEFT JOIN placement_paper a ON a.client_id = s.client_id
LEFT JOIN placement_decision d ON d.client_id = s.client_id AND d.differs AND d.reviewed_at IS NULL
     AND d.review_on <= %(day)s
WHERE s.ended_at IS NULL GROUP BY c.id, c.preferred_name
"""
WHO = """
SELECT c.id, c.preferred_name AS name, c.pronouns, i.birth_date, f.language, f.gender, f.culture,
       s.admitted_at, s.ended_at, l.level, g.name AS in_charge
FROM people_client c LEFT JOIN people_clientidentity i ON i.client_id = c.id
LEFT JOIN people_clientprofile f ON f.client_id = c.id
LEFT JOIN placement_stay s ON s.client_id = c.id AND s.ended_at IS NULL
LEFT JOIN placement_levelperiod l ON l.stay_id = s.id AND l.until_at IS NULL
LEFT JOIN placement_incharge h ON h.stay_id = s.id AND h.until_at IS NULL
LEFT JOIN people_staff g ON g.id = h.staff_id WHERE c.id = %(one)s
"""
REASONS = """
SELECT 'reason' AS kind, words, said_at AS at FROM assessment_reason
WHERE client_id = %(one)s AND ended_at IS NULL
UNION ALL SELECT 'ruler', importance || ' ' || confidence || ' ' || readiness, at
FROM assessment_readiness WHERE client_id = %(one)s ORDER BY 3 DESC LIMIT 12
"""
NEEDS = """
SELECT n.id, n.domain, n.words, n.found_at, a.answer, a.words AS how, a.again_on FROM assessment_need n
LEFT JOIN assessment_needanswer a ON a.need_id = n.id AND a.until_at IS NULL
WHERE n.client_id = %(one)s ORDER BY a.answer IS NOT NULL, n.found_at LIMIT 200
"""
RECORD = """
(SELECT 'note' AS kind, i.kind AS words, s.name AS who, i.event_at AS at FROM notes_noteindex i
 JOIN people_staff s ON s.user_id = i.author_id WHERE i.client_id = %(one)s AND i.withdrawn_at IS NULL
 ORDER BY i.event_at DESC LIMIT 5)
UNION ALL (SELECT 'form', instrument || ' ' || band, score::text, ended_at FROM instruments_response
 WHERE client_id = %(one)s AND state = 'finished' ORDER BY ended_at DESC LIMIT 5)
UNION ALL SELECT 'medicine', name || ' ' || dose, prescriber, entered_at FROM medicines_medicine
 WHERE client_id = %(one)s AND until IS NULL
UNION ALL SELECT 'allergy', "to", '', NULL FROM medicines_allergy
 WHERE client_id = %(one)s AND ended_at IS NULL
UNION ALL SELECT 'warning', w.words, w.severity, w.warned_at FROM medical_warned w
 LEFT JOIN medical_warninganswer a ON a.warned_id = w.id LEFT JOIN medical_lapse l ON l.warned_id = w.id
 WHERE w.client_id = %(one)s AND a.id IS NULL AND l.id IS NULL
UNION ALL SELECT 'referral', r.kind || ' ' || r.state, p.name, r.sent_at FROM referrals_referral r
 LEFT JOIN referrals_partner p ON p.id = r.partner_id WHERE r.client_id = %(one)s AND r.closed_at IS NULL
UNION ALL SELECT 'consent', c.recipient, c.purpose, c.offered_at FROM documents_consent c
 LEFT JOIN documents_consentend e ON e.consent_id = c.id WHERE c.client_id = %(one)s AND e.id IS NULL
UNION ALL SELECT 'document', kind, bound_to, added_at FROM documents_scanneddocument
 WHERE client_id = %(one)s
"""
EDITOR = """
SELECT p.id, p.number, p.version, p.strengths, b.words AS problem, b.goal, b.need_id, o.words AS objective,
       o.measure, o.target_on, i.words AS step, i.who, i.how_often, i.practice
FROM planning_plan p JOIN planning_problem b ON b.plan_id = p.id
LEFT JOIN planning_objective o ON o.problem_id = b.id
LEFT JOIN planning_intervention i ON i.objective_id = o.id
WHERE p.client_id = %(one)s AND p.set_aside_at IS NULL
ORDER BY p.number DESC, b.place, o.place, i.place LIMIT 60
"""
VERSIONS = """
SELECT number, kind, signed_at FROM planning_plan WHERE client_id = %(one)s ORDER BY number DESC
"""
FORMS = """
SELECT id, instrument, state, status, band, score, administered_by, started_at, ended_at
FROM instruments_response WHERE client_id = %(one)s ORDER BY started_at DESC LIMIT 200
"""
PLAN = """
SELECT p.number, p.kind, p.signed_at, b.words AS problem, b.goal, o.words AS objective, o.measure,
       o.target_on, i.words AS step, i.who, i.how_often
FROM planning_plan p JOIN planning_problem b ON b.plan_id = p.id
LEFT JOIN planning_objective o ON o.problem_id = b.id
LEFT JOIN planning_intervention i ON i.objective_id = o.id
WHERE p.client_id = %(one)s ORDER BY p.number DESC, b.place, o.place, i.place LIMIT 20
"""
PEOPLE = """
SELECT name, relation AS what, is_safe AS safe FROM people_supporter
WHERE client_id = %(one)s AND ended_at IS NULL
UNION ALL SELECT value, kind, safe_at_home FROM people_contactpoint
WHERE client_id = %(one)s AND ended_at IS NULL
UNION ALL SELECT s.name, t.part, '' FROM access_teammember t JOIN people_staff s ON s.user_id = t.user_id
WHERE t.client_id = %(one)s AND t.until_at IS NULL
"""
CLIENT_TASKS = """
SELECT title, due_at, (SELECT count(*) FROM placement_paper WHERE client_id = %(one)s) AS papers
FROM tasks_task WHERE client_id = %(one)s AND closed_at IS NULL ORDER BY due_at LIMIT 50
"""
WEEKS = """
SELECT date_trunc('week', day)::date AS week, sum(clinical_minutes) AS minutes FROM hours_attendance
WHERE client_id = %(one)s AND day > %(day)s::date - 42 GROUP BY 1 ORDER BY 1
"""
EVENTS = """
(SELECT o.starts_at AS at, coalesce(t.words, o.service) AS title,
        CASE WHEN a.present_from IS NULL THEN a.reason ELSE a.clinical_minutes || ' min' END AS words
 FROM hours_attendance a JOIN schedule_occurrence o ON o.id = a.occurrence_id
 LEFT JOIN schedule_seriestitle t ON t.series_id = o.series_id
 WHERE a.client_id = %(one)s AND a.day >= %(since)s::date)
UNION ALL (SELECT o.starts_at, coalesce(t.words, o.service), 'Booked.' FROM schedule_membership m
 JOIN schedule_occurrence o ON o.series_id = m.series_id AND o.state = 'planned'
 LEFT JOIN schedule_seriestitle t ON t.series_id = o.series_id
 WHERE m.client_id = %(one)s AND o.starts_at BETWEEN %(at)s AND %(until)s
 AND (m.until_day IS NULL OR m.until_day >= o.day) ORDER BY 1 LIMIT 4)
UNION ALL (SELECT from_at, level, why FROM placement_levelperiod WHERE client_id = %(one)s)
UNION ALL (SELECT at, channel || ' ' || outcome, said FROM retention_attempt
           WHERE client_id = %(one)s ORDER BY at DESC LIMIT 20)
ORDER BY 1 DESC LIMIT 14
"""
FIND = """
SELECT c.id, c.preferred_name AS name, min(h.by) AS by FROM (
  (SELECT client_id, 'name' AS by FROM people_nametoken WHERE word >= %(low)s AND word < %(high)s LIMIT 32)
  UNION ALL
  (SELECT client_id, 'legal name' FROM people_identitytoken
   WHERE word >= %(low)s AND word < %(high)s LIMIT 32)) h
JOIN people_client c ON c.id = h.client_id GROUP BY 1, 2 ORDER BY 2 LIMIT 8
"""
HELD = "SELECT day, starts_at, ends_at, version, state FROM schedule_occurrence WHERE id = %(one)s"
ATTEND = """
INSERT INTO hours_attendance (client_id, occurrence_id, day, kind, present_from, present_until,
  clinical_minutes, billable_minutes, ledger_version, reason, taken_by_id, taken_at)
SELECT c, %(one)s, %(day)s, 'attended', %(from)s, %(until)s, %(minutes)s, %(minutes)s, 1, '', %(me)s, %(at)s
FROM unnest(%(clients)s::bigint[]) AS c
ON CONFLICT (client_id, occurrence_id) DO UPDATE SET kind = EXCLUDED.kind,
  present_from = EXCLUDED.present_from, present_until = EXCLUDED.present_until,
  clinical_minutes = EXCLUDED.clinical_minutes, billable_minutes = EXCLUDED.billable_minutes,
  taken_by_id = EXCLUDED.taken_by_id, taken_at = EXCLUDED.taken_at
"""
CLOSE = """
UPDATE schedule_occurrence SET state = 'closed', closed_at = %(at)s, version = version + 1
WHERE id = %(one)s
"""
# --- the hours board ----------------------------------------------------------------------
IN_CARE = """
SELECT s.client_id, c.preferred_name AS name, l.level, f.language, f.other_languages, f.gender,
  (SELECT p.hours FROM planning_prescribedhours p WHERE p.client_id = s.client_id
   AND p.from_day <= %(last)s ORDER BY p.from_day DESC, p.id DESC LIMIT 1) AS hours,
  (SELECT g.name FROM access_teammember t JOIN people_staff g ON g.user_id = t.user_id
   WHERE t.client_id = s.client_id AND t.part = 'primary' AND t.until_at IS NULL LIMIT 1) AS counsellor,
  (SELECT w.why FROM hours_shortweek w WHERE w.client_id = s.client_id AND w.week = %(first)s) AS why
FROM placement_stay s JOIN people_client c ON c.id = s.client_id
JOIN placement_levelperiod l ON l.stay_id = s.id AND l.until_at IS NULL
LEFT JOIN people_clientprofile f ON f.client_id = s.client_id
WHERE s.ended_at IS NULL AND (%(one)s::bigint IS NULL OR s.client_id = %(one)s)
"""
SEATS = """
SELECT e.client_id, o.id, o.day, o.starts_at, o.ends_at, o.service FROM schedule_expected e
JOIN schedule_occurrence o ON o.id = e.occurrence_id AND o.state <> 'cancelled'
WHERE o.day BETWEEN %(first)s AND %(last)s AND e.state = 'expected' AND e.client_id = ANY(%(clients)s)
UNION SELECT m.client_id, o.id, o.day, o.starts_at, o.ends_at, o.service FROM schedule_membership m
JOIN schedule_occurrence o ON o.series_id = m.series_id AND o.state = 'planned'
WHERE o.day BETWEEN %(first)s AND %(last)s AND m.client_id = ANY(%(clients)s)
AND m.from_day <= o.day AND (m.until_day IS NULL OR m.until_day >= o.day)
AND NOT EXISTS (SELECT FROM schedule_expected x WHERE x.occurrence_id = o.id
                AND x.client_id = m.client_id AND x.state = 'cancelled')
"""
ATTENDED = """
SELECT client_id, occurrence_id, day, clinical_minutes AS minutes FROM hours_attendance
WHERE day BETWEEN %(first)s AND %(last)s AND client_id = ANY(%(clients)s)
"""
FREE = """
SELECT o.id, o.day, o.starts_at, o.ends_at, o.service, o.capacity, s.levels, s.language, s.gender,
       t.words AS title, k.taken
FROM schedule_occurrence o JOIN schedule_series s ON s.id = o.series_id
JOIN schedule_taken(ARRAY(SELECT id FROM schedule_occurrence WHERE starts_at > %(at)s
     AND day <= %(last)s AND state = 'planned')) k ON k.occurrence_id = o.id
LEFT JOIN schedule_seriestitle t ON t.series_id = s.id
WHERE EXISTS (SELECT FROM people_staff g JOIN people_licence n ON n.staff_id = g.id
              WHERE g.user_id = o.leader_id AND o.day BETWEEN n.valid_from AND n.valid_until)
"""
NOT_TOGETHER = "SELECT client_id, occurrence_id FROM schedule_no_contact_sessions(%(ids)s)"
