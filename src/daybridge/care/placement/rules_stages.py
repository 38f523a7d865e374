"""The four stages of outpatient treatment: what each is for, and when somebody is through it.

A client moves by a decision of the team, never by the calendar. Source: SAMHSA TIP 47 (NBK64088)
names the four; goals, usual time and signs are from memory, for the programme to look at.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its goals, how long it usually takes, what shows that somebody is through it."""

    number: int
    title: str
    goals: str
    usually: str
    leaves_when: str


STAGES = {one.number: one for one in (
    Stage(1, "engagement", "Safe, medically looked at, evaluated; a plan begun, barriers off, first "
          "supporters in, stopping use begun", "days to a few weeks",
          "evaluation and plan are signed, they attend, crisis matters are settled"),
    Stage(2, "early recovery", "Steady abstinence, triggers and skills, a daily structure, medicine settled, "
          "a support group found, family in", "6 weeks to 3 months",
          "about 4 weeks as planned by tests and report, their own relapse-prevention plan, a network in "
          "use"),
    Stage(3, "maintenance", "Skills in life, work, relations and health; step down", "2 months to a year",
          "they carry the plan alone, with stable housing, work or study, and supporters"),
    Stage(4, "community support", "Recovery sustained, contact kept, service to others", "years",
          "recovery is judged stable, with evidence"),
)}
