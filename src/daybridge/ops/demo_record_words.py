"""Words of the demo's clinical record, invented: partners, needs, notes, medicines."""

# name, what they do, services, agreement, waiting days, languages, telephone
PARTNERS = (
    ("Harbor Housing", "Sober rooms and first flats", ("housing",), "qsoa", 21, "en es", "212 555 0141"),
    ("Fern Street Rides", "Rides to groups and visits", ("transport",), "other", 2, "en", "212 555 0142"),
    ("Little Oaks", "Child care, mornings and evenings", ("child_care", "parenting"), "other", 9, "en es",
     "212 555 0143"),
    ("Two Tongues", "Interpreters, also by telephone", ("interpreter",), "qsoa", 1, "es ht zh",
     "212 555 0144"),
    ("County Treatment Court", "Reports and dates", ("legal",), "none", None, "en", "212 555 0145"),
    ("St Brigid Hospital", "Emergency room, beds, laboratory", ("medical",), "qsoa", 0, "en es",
     "212 555 0146"),
    ("Dr Lena Abbas, psychiatrist", "Examination, medicine, talks", ("psychiatry",), "other", 12, "en ar",
     "212 555 0147"),
    ("Canal Family Practice", "Primary care", ("medical", "medicine"), "other", 6, "en es", "212 555 0148"),
    ("Second Shift", "Work and school", ("work", "adult_education"), "none", 14, "en", "212 555 0149"),
    ("Mill Street Pantry", "Food twice a week", ("food",), "none", 0, "en es", "212 555 0150"),
)
# service: who does it, words; what is not named has nobody's word yet
DOERS = (
    *((one, "we", "") for one in (
        "group", "individual", "education", "family", "case_management", "crisis", "evaluation",
        "orientation", "medicine", "monitoring", "support_groups")),
    *((one, "partner", "") for one in (
        "medical", "psychiatry", "work", "adult_education", "child_care", "parenting", "housing", "food",
        "legal", "transport", "interpreter")),
    ("nicotine", "nobody", "Nobody offers a course here since spring; asked at Canal Family Practice."),
)
# each domain in English, then in Spanish
NEEDS = {
    "housing": ("A room of their own before the lease of the cousin ends",
                "Un cuarto propio antes de que termine el contrato del primo"),
    "transport": ("No way home after the evening group", "No hay cómo volver a casa después del grupo"),
    "family": ("Somebody for the two children on group mornings", "Alguien para los niños en la mañana"),
    "work": ("Shifts that leave room for groups", "Turnos que dejen tiempo para los grupos"),
    "legal": ("A report to court every month", "Un informe para el juez cada mes"),
    "mental": ("Low mood since spring, sleeps four hours", "Ánimo bajo desde mayo, duerme cuatro horas"),
    "medical": ("Blood pressure has not been looked at for years", "Hace años que nadie mira la presión"),
    "food": ("Runs out of food in the last week of the month", "Falta comida la última semana del mes"),
    "trauma": ("The same dream each night; wants to talk alone", "Sueña lo mismo; primero hablar"),
    "culture and language": ("Wants letters in Spanish", "Quiere las cartas en español"),
}
HERE = {
    "housing": "Tess looks for rooms with the client every Tuesday.",
    "transport": "Moved to the morning groups; Leo walks along to the bus.",
    "family": "Family session every second week.",
    "work": "Letter to the employer; morning groups only.",
    "legal": "Tess writes the court's report on the first Monday.",
    "mental": "PHQ-9 every four weeks; individual sessions on sleep.",
    "medical": "Ruth measures twice a week.",
    "food": "Pantry card handed out; Tess asks again at the review.",
    "trauma": "Individual sessions with the primary counsellor first, at the client's pace.",
    "culture and language": "Spanish group on Thursdays; papers in Spanish.",
}
HERE_ELSE = "By the groups and the weekly individual session."
DEFERRED = ("Waits until the first two weeks are done.", "After the court date.",
            "When the new insurance card is here.", "The client wants to settle in first.")
DECLINED = ("Not now, I manage with my sister.", "I would rather find that on my own.",
            "Ask me again when I sleep better.")
REFERRED = (
    "Please see the client about a room; can pay from the first of the month.",
    "Rides on Tuesday and Thursday evenings, for eight weeks to begin with.",
    "Two children, four and seven, on group mornings. Starts as soon as there is a place.",
    "Mood low since spring, PHQ-9 in the moderate range. We ask for an examination and your advice.",
    "Blood pressure high at both visits here. Please look at it and tell us what to watch.",
    "Wants a certificate and a job with early shifts; has worked in kitchens for ten years.",
    "Food for two adults and a child until the benefits come through.",
    "An interpreter for the family session, Spanish, one hour.",
)
TURNED_DOWN = ("No place before spring.", "Not in their district.", "The payer is not taken there.")
ANSWERED = ("Letter came: seen twice, goes on there.", "They rang: begun, all well.",
            "Report received and put in the chart.")
# data, assessment, response, plan: each of twelve, in English
NOTES = (
    ("Came on time. Told of the weekend: a birthday with wine on every table; left after an hour.",
     "The plan for hard evenings held. Confidence grows where she has tried it out.",
     "Proud, a little tired.", "Write down what helped to leave. Same plan for Saturday."),
    ("Slept five hours a night this week. Kept the log on four days.",
     "Sleep gets better with the fixed hour of rising; weekends shift it.",
     "Wants to go on with the log.", "Fixed hour also on Sunday. Look at coffee after three."),
    ("Used once on Tuesday after a call with the former boss. Rang Leo the same night.",
     "First use in three weeks. The call for help came within the hour: that is new.",
     "Ashamed first, then relieved to have told it.", "Plan for calls from work. Naloxone is in the bag."),
    ("Brought the letter of the court. Afraid of the date on the 12th.",
     "Worry about the date drives the urges in the evening.",
     "Calmer after we had read the letter together.", "Tess goes along. Practise what to say."),
    ("Talked about the mother's visit. Two quarrels, no use.",
     "Sees the link between quarrel and urge by himself now.",
     "Open, laughed twice.", "Try the sentence for leaving a quarrel. Tell how it went."),
    ("Missed Monday's group: the child had fever. Asked for the make-up herself.",
     "Keeps the tie to the programme also when life gets in the way.",
     "Grateful that nobody scolded.", "Make-up on Saturday. Back-up for child care with Tess."),
    ("Looked at the three months before admission as a line of days. Payday is the hard one.",
     "Money in hand is the strongest trigger.",
     "Surprised how clear the picture is.", "Wages go to the sister's account for two months."),
    ("Weekly check: urges 3 of 10, down from 7. First paid shift in the bakery.",
     "Steady improvement; early shifts fit the evening groups.",
     "Hopeful, says it out loud.", "Keep Thursday free. Look at the step-down at the review."),
    ("Quiet today. Said that the flat is empty since the friend moved out.",
     "Loneliness in the evening is what to watch, not the urges as such.",
     "Stayed the whole hour.", "Call two people from the list before eight. Visit the Friday meeting."),
    ("Practised saying no to the cousin in three ways; chose the short one.",
     "Skill is there; needs a place to try it.",
     "Found it silly, then useful.", "Use it on Sunday at the game."),
    ("Told for the first time how the use began. We went slowly and stopped when he wanted.",
     "Trust has grown. No details needed now.",
     "Tired, asked for a short walk after.", "Next time begin with something light. Check on Friday."),
    ("Looked at the plan: two of three steps are done. Wants to add one about driving again.",
     "Goals have become his own.",
     "Businesslike, pleased.", "Add the step at the review. Ask about the licence papers."),
    ("Headache and a bad night, stayed all the same. Spoke about pills in the cupboard.",
     "Old tablets at home are a risk she sees herself.",
     "Ready to bring them in.", "Brings the tablets to Ruth tomorrow."),
)
NOTES_ES = (
    ("Llegó a tiempo. Contó cómo fue el domingo con los suegros.", "Las ganas bajan cuando hay un plan.",
     "Tranquilo.", "Seguir con el plan del domingo."),
    ("Habló del trabajo nuevo y del miedo a fallar.", "El miedo aparece antes de cobrar.",
     "Con ganas de seguir.", "Avisar a la hermana el día de pago."),
)
COUNSELLING = "Told about the years with the stepfather. Not for the team; the plan does not need it."
PROGRESS = ("Three of four weekends went as planned.", "Logged on most days.", "Tried twice; once it held.",
            "Not begun: the child was ill.", "Goes better since the shifts changed.")
WENT_WELL = (("Cooked for my boys.", "Cociné para mis hijos."),
             ("Walked past the shop.", "Pasé de largo la tienda."),
             ("Slept through once.", "Dormí una noche entera."), ("Rang my sister.", "Llamé a mi hermana."))
# name, dose, how often, prescriber
MEDICINES = (
    ("Sertraline", "50 mg", "every morning", "Dr Lena Abbas"),
    ("Lisinopril", "10 mg", "every morning", "Canal Family Practice"),
    ("Metformin", "500 mg", "twice a day", "Canal Family Practice"),
    ("Levothyroxine", "75 µg", "every morning", "Canal Family Practice"),
    ("Trazodone", "50 mg", "at night", "Dr Lena Abbas"),
    ("Ibuprofen", "400 mg", "when needed", ""),
)
ALLERGIES = (("Penicillin", "rash", "moderate"), ("Bee stings", "swelling, short of breath", "severe"),
             ("Sulfa tablets", "hives", "mild"))
WISHES = ("wants", "wants", "has", "not_now", "declined")
# of whom, what is asked, days since it came
REQUESTS = (("copy", "My whole record, on paper, for the new doctor.", 4),
            ("amendment", "It says that I live alone. I live with my daughter.", 26))
