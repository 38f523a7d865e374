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
    ("Drinking on Friday nights", "Get through Friday nights sober"),
    ("Using after fights at home", "Walk out before I use"),
    ("Cannot sleep without pills", "Sleep six hours on my own"),
    ("Alone after work", "Have two people I can ring"),
)
GROUPS = (
    # weekday, hour, minute, minutes, title, practice, leader, service, language, levels
    (0, 10, 30, 180, "Coping skills", "Cognitive-behavioural therapy", "nora", "group", "en"),
    (0, 17, 30, 180, "Early recovery, evening", "Matrix model", "paul", "group", "en"),
    (1, 10, 30, 180, "Relapse prevention", "Relapse prevention", "iris", "group", "en"),
    (1, 14, 0, 90, "What the brain learns", "Psychoeducation", "paul", "education", "en"),
    (2, 10, 30, 180, "Mindful recovery", "Mindfulness-based relapse prevention", "nora", "group", "en"),
    (2, 17, 30, 180, "Habits and triggers, evening", "Relapse prevention", "paul", "group", "en"),
    (3, 10, 30, 180, "Feelings without using", "Dialectical skills", "iris", "group", "en"),
    (3, 13, 0, 180, "Recuperación en español", "Cognitive-behavioural therapy", "nora", "group", "es"),
    (4, 10, 30, 180, "Family and relations", "Community reinforcement", "nora", "group", "en"),
    (4, 13, 30, 180, "Weekend plan", "Relapse prevention", "paul", "group", "en"),
    (5, 9, 0, 180, "Saturday make-up group", "Relapse prevention", "iris", "group", "en"),
)
STAFF = (
    # key, name, credential, job, roles, licence, ends in days (None: far), languages
    ("helen", "Helen Carrow", "", "director", ("director",), None, None, "en"),
    ("vera", "Vera Lindt", "LCSW", "clinical supervisor", ("clinical_supervisor",), "LCSW", None, "en"),
    ("nora", "Nora Feld", "LCSW", "counsellor", ("counsellor",), "LCSW", 42, "en es"),
    ("paul", "Paul Reyes", "LPC", "counsellor", ("counsellor",), "LPC", None, "en es"),
    ("iris", "Iris Chan", "CADC", "counsellor", ("counsellor",), "CADC", None, "en"),
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
PASSWORD = "demo clinic 2026"  # noqa: S105 - invented people, printed on the sign-in page
