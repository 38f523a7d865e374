"""The mission as a listing: fourteen principles, nine specifications, levels and decision."""

from daybridge.quality.levels import (
    l01_levels,
    l02_nine_hours,
    l03_day_hours,
    l04_make_ups,
    l05_ninety_days,
    l06_steps,
    w01_who_benefits,
    w02_who_may_not_be_suited,
    w03_joint_decision,
)
from daybridge.quality.measure import Kept
from daybridge.quality.principles import (
    p01_readily_available,
    p02_easy_entry,
    p03_motivation,
    p04_therapeutic_alliance,
    p05_retention,
    p06_personalised,
    p07_ongoing_care,
    p08_abstinence,
    p09_support_groups,
    p10_medical_treatment,
    p11_psychoeducation,
    p12_social_support,
    p13_evidence_based,
    p14_continued_improvement,
)
from daybridge.quality.specifications import (
    s01_initial_evaluation,
    s02_licensed_professional,
    s03_treatment_plan,
    s04_responsibility_and_referral,
    s05_contact_until_stable,
    s06_adjuncts_never_substitute,
    s07_family_services,
    s08_emergency_case_management,
    s09_medical_treatment,
)

PRINCIPLES: tuple[Kept, ...] = (
    p01_readily_available.P01, p02_easy_entry.P02, p03_motivation.P03,
    p04_therapeutic_alliance.P04, p05_retention.P05, p06_personalised.P06, p07_ongoing_care.P07,
    p08_abstinence.P08, p09_support_groups.P09, p10_medical_treatment.P10,
    p11_psychoeducation.P11, p12_social_support.P12, p13_evidence_based.P13,
    p14_continued_improvement.P14,
)
SPECIFICATIONS: tuple[Kept, ...] = (
    s01_initial_evaluation.S1, s02_licensed_professional.S2, s03_treatment_plan.S3,
    s04_responsibility_and_referral.S4, s05_contact_until_stable.S5,
    s06_adjuncts_never_substitute.S6, s07_family_services.S7, s08_emergency_case_management.S8,
    s09_medical_treatment.S9,
)
LEVELS: tuple[Kept, ...] = (
    l01_levels.L1, l02_nine_hours.L2, l03_day_hours.L3, l04_make_ups.L4, l05_ninety_days.L5,
    l06_steps.L6, w01_who_benefits.W1, w02_who_may_not_be_suited.W2, w03_joint_decision.W3,
)
EVERYTHING = (*PRINCIPLES, *SPECIFICATIONS, *LEVELS)
