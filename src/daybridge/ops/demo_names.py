"""Invented people of the demo clinic. Any likeness is chance."""

FIRST = (
    "Kayla", "Owen", "Terrence", "Hannah", "Samir", "Mei", "Ruth", "Dean", "Luis", "Priya",
    "Jonah", "Andre", "Maria", "Calvin", "Nadia", "Victor", "Elena", "Marcus", "Aisha", "Grace",
    "Tomas", "Yusuf", "Ingrid", "Paula", "Darnell", "Sofia", "Ravi", "Brooke", "Henry", "Noor",
    "Felix", "Camila", "Isaac", "Leah", "Omar", "Rosa", "Wes", "Tara", "Milo", "June",
)
LAST = (
    "Brooks", "Tran", "Boyd", "Lindqvist", "Haddad", "Sato", "Ames", "Marlow", "Ferrer", "Raman",
    "Whitlock", "Novak", "Delgado", "Moss", "O'Neill", "Petrov", "Vargas", "Hill", "Khan", "Wu",
    "Silva", "Demir", "Berg", "Ortiz", "Cole", "Reyes", "Nair", "Ellis", "Ward", "Aziz",
)
REASONS = (
    "I want my girls to wake up in my house, not my mother's.",
    "I need my job, and my son at night.",
    "I am tired of counting days and losing them.",
    "My heart doctor said this is the last warning.",
    "I want to play in the band again without shaking.",
    "My sister stopped calling. I want her to call again.",
)
PROBLEMS = (
    # problem, goal in own words, practice
    ("Drinking on Friday nights", "Get through Friday nights sober", "cbt-relapse-prevention"),
    ("Using after fights at home", "Walk out before I use", "dbt-skills"),
    ("Cannot sleep without pills", "Sleep six hours on my own", "cbt-relapse-prevention"),
    ("Alone after work", "Have two people I can ring", "community-reinforcement"),
)
STRENGTHS = ("Keeps a job through everything. Cooks for the whole house.",
             "Six months without use in 2024. Knows what helped.", "Two people who always ring back.")
_DAY, _OP = ("iop", "php"), ("outpatient",)
GROUPS = (
    # weekday, hour, minute, minutes, title, practice, leader, service, language, levels, room
    (0, 9, 30, 180, "Coping skills", "cbt-relapse-prevention", "nora", "group", "en", _DAY, 1),
    (0, 9, 30, 180, "Early recovery", "matrix-model", "paul", "group", "en", _DAY, 2),
    (0, 13, 30, 180, "Saying no", "cbt-relapse-prevention", "iris", "group", "en", _DAY, 1),
    (0, 17, 30, 180, "Early recovery, evening", "matrix-model", "ines", "group", "en", _DAY, 1),
    (1, 9, 30, 180, "Relapse prevention", "cbt-relapse-prevention", "iris", "group", "en", _DAY, 1),
    (1, 9, 30, 180, "Anger and calm", "dbt-skills", "omar", "group", "en", _DAY, 2),
    (1, 13, 30, 180, "Living with pain", "acceptance-commitment", "ines", "group", "en", _DAY, 1),
    (1, 14, 0, 90, "What the brain learns", "psychoeducation", "paul", "education", "en", _DAY, 2),
    (1, 17, 30, 180, "Sober weekends, evening", "cbt-relapse-prevention", "nora", "group", "en", _DAY, 1),
    (2, 9, 30, 180, "Mindful recovery", "mindfulness-relapse-prevention", "nora", "group", "en", _DAY, 1),
    (2, 9, 30, 180, "Sleep and rest", "cbt-relapse-prevention", "ines", "group", "en", _DAY, 2),
    (2, 13, 30, 180, "Work again", "motivational-interviewing", "omar", "group", "en", _DAY, 1),
    (2, 17, 30, 180, "Habits and triggers, evening", "cbt-relapse-prevention", "paul", "group", "en",
     _DAY, 1),
    (2, 17, 30, 90, "Keeping on", "cbt-relapse-prevention", "iris", "group", "en", _OP, 2),
    (3, 9, 30, 180, "Feelings without using", "dbt-skills", "iris", "group", "en", _DAY, 1),
    (3, 9, 30, 180, "Mood and use", "cbt-relapse-prevention", "omar", "group", "en", _DAY, 2),
    (3, 13, 30, 180, "Recuperación en español", "cbt-relapse-prevention", "nora", "group", "es", _DAY, 2),
    (3, 13, 30, 180, "Money and home", "community-reinforcement", "paul", "group", "en", _DAY, 1),
    (3, 17, 30, 180, "Being a parent, evening", "community-reinforcement", "ines", "group", "en", _DAY, 1),
    (4, 9, 30, 180, "Family and relations", "community-reinforcement", "nora", "group", "en", _DAY, 1),
    (4, 9, 30, 180, "Twelve steps explained", "twelve-step-facilitation", "omar", "group", "en", _DAY, 2),
    (4, 13, 30, 180, "Weekend plan", "cbt-relapse-prevention", "paul", "group", "en", _DAY, 1),
    (5, 9, 0, 180, "Saturday make-up group", "cbt-relapse-prevention", "omar", "group", "en",
     (*_DAY, *_OP), 1),
)
TRAINEE = "iris"
COUNSELLORS = ("nora", "paul", "iris", "ines", "omar")
# who was, or will be, away: staff, first day counted from the demo's first "today", days
LEAVES = (("nora", -262, 12), ("iris", -190, 5), ("paul", -121, 10), ("omar", -64, 5), ("ines", -9, 3),
          ("iris", 6, 5))
STAFF = (
    # key, name, credential, job, roles, licence, ends in days (None: far), languages
    ("helen", "Helen Carrow", "", "director", ("director",), None, None, "en"),
    ("vera", "Vera Lindt", "LCSW", "clinical supervisor", ("clinical_supervisor",), "LCSW", None, "en"),
    ("nora", "Nora Feld", "LCSW", "counsellor", ("counsellor",), "LCSW", 42, "en es"),
    ("paul", "Paul Reyes", "LPC", "counsellor", ("counsellor",), "LPC", None, "en es"),
    ("iris", "Iris Chan", "BSW", "counsellor in training", ("counsellor",), None, None, "en"),
    ("ines", "Ines Duarte", "LCSW", "counsellor", ("counsellor",), "LCSW", None, "en"),
    ("omar", "Omar Haddad", "LPC", "counsellor", ("counsellor",), "LPC", None, "en"),
    ("osei", "Dr Kwame Osei", "MD", "physician", ("physician",), "MD", None, "en"),
    ("ruth", "Ruth Bell", "RN", "nurse", ("nurse",), None, None, "en"),
    ("leo", "Leo Marsh", "CPS", "peer specialist", ("peer",), None, None, "en"),
    ("tess", "Tess Nguyen", "", "case manager", ("case_manager",), None, None, "en"),
    ("ben", "Ben Adeyemi", "", "case manager on call", ("on_call",), None, None, "en"),
    ("sam", "Sam Okafor", "", "intake coordinator", ("intake",), None, None, "en es"),
    ("fay", "Fay Jensen", "", "front desk", ("front_desk",), None, None, "en"),
    ("quinn", "Quinn Abara", "", "quality manager", ("quality_manager",), None, None, "en"),
    ("pia", "Pia Novotny", "", "privacy officer", ("privacy_officer",), None, None, "en"),
)
HURDLES = ("A way to get here on Tuesdays", "Somebody for the children in the morning",
           "The insurance has not answered", "A letter for the employer")
HELP = ("Ring Leo any evening; he rang back", "Naloxone handed out and explained",
        "A bed for three nights at the Mill Street shelter")
ENDS = (
    # reason, the client's view, the way back
    ("completed as planned", "I got what I came for, and I know whom to ring.",
     "The Wednesday group stays open."),
    ("completed as planned", "The evenings were what helped.", "Call any day; no waiting."),
    ("moved away", "I would have stayed.", "A partner clinic in the new town has the records."),
    ("moved to another level elsewhere", "I need a bed for a while.", "Step down to us in four weeks."),
    ("left early, own decision", "I will come back when the shifts change.",
     "Call Nora; the seat is kept for two weeks."),
    ("left early, own decision", "Too many hours beside the job.", "An evening group is held open."),
    ("contact lost", "Not known: rang three times, wrote once.", "A letter with the door code is sent."),
)
PASSWORD = "demo clinic 2026"  # noqa: S105 - invented people, printed on the sign-in page
