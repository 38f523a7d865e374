"""What each form says about itself, one by one: cuts, skips, critical items. INSTRUMENTS.md 1."""

import pytest

from daybridge.care.instruments.library import load
from daybridge.care.instruments.rules import asked, critical_of, cuts, score
from daybridge.care.instruments.rules_shape import OutOfSet, WrongShape


def of(name, answers, **context):
    return score(load().get(name), answers, context)


def names(found):
    return [critical.name for critical in found]


def test_phq9_item_9_fires_in_a_form_that_is_not_complete():
    found = of("phq9", [None, 1, None, 0, 0, 0, 0, 0, 1])

    assert (found.score, found.band, found.status) == (None, None, "incomplete")
    assert [(c.what, c.minutes) for c in found.critical] == [("self_harm", 15)]
    assert found.missing == ("1", "3")


def test_phq9_item_9_fires_when_it_is_saved_and_nothing_else_does():
    phq9 = load().get("phq9")

    assert names(critical_of(phq9, "9", 1, {})) == ["suicide_item"]
    assert names(critical_of(phq9, "9", 2, {"9": 1})) == ["suicide_item"]
    assert critical_of(phq9, "9", 0, {}) == ()
    assert critical_of(phq9, "1", 3, {"9": 1}) == ()


def test_phq9_pattern_counts_item_9_from_one():
    flags = {flag.name for flag in of("phq9", [2, 0, 2, 2, 2, 0, 0, 0, 1]).flags}
    without = {flag.name for flag in of("phq9", [1, 1, 2, 2, 2, 2, 2, 0, 0]).flags}

    assert "depression_pattern" in flags
    assert "depression_pattern" not in without


def test_phq9_difficulty_is_not_scored():
    answers = {str(n): 1 for n in range(1, 10)} | {"10": 3}

    assert of("phq9", answers).score == 9
    assert of("phq9", answers).subscales["phq2"] == 2


@pytest.mark.parametrize(("sex", "band"), [("m", "negative"), ("f", "positive"), (None, "positive"),
                                           ("x", "positive")])
def test_audit_c_is_positive_from_4_for_men_and_from_3_for_everybody_else(sex, band):
    assert of("audit_c", [1, 1, 1], sex=sex).band == band
    assert of("audit_c", [2, 1, 1], sex=sex).band == "positive"


def test_the_bands_of_a_chart_are_the_person_s_own():
    audit_c = load().get("audit_c")

    assert [band.low for band in cuts(audit_c, {"sex": "m"})] == [0, 4]
    assert [band.low for band in cuts(audit_c)] == [0, 3]
    assert cuts(load().get("bam")) == ()


def test_audit_c_item_2_is_not_asked_of_a_person_who_does_not_drink():
    audit_c = load().get("audit_c")

    assert of("audit_c", [0, None, 0]).score == 0
    assert of("audit_c", [0, 4, 0]).score == 0
    assert [item.link_id for item in asked(audit_c, {"1": 0})] == ["1", "3"]
    assert [item.link_id for item in asked(audit_c, {"1": 1})] == ["1", "2", "3"]
    assert [item.link_id for item in asked(audit_c, {})] == ["1", "3"]


def test_audit_c_all_points_from_item_1_are_looked_at_first():
    flags = [flag.name for flag in of("audit_c", [4, 0, 0], sex="m").flags]

    assert "review_item_1" in flags
    assert "review_item_1" not in [f.name for f in of("audit_c", [4, 1, 0]).flags]
    assert of("audit_c", [4, 0, 0], sex="m").needs == ("use",)


def test_audit_items_9_and_10_take_0_2_4_only():
    with pytest.raises(OutOfSet, match=r"Item 9: 1 is not allowed. Allowed: 0, 2, 4."):
        of("audit", [0, 0, 0, 0, 0, 0, 0, 0, 1, 0])
    assert of("audit", [4, 4, 4, 4, 4, 4, 4, 4, 4, 4]).score == 40


def test_dast10_turns_item_3_round():
    assert of("dast10", [0] * 10).score == 1
    assert of("dast10", [1] * 10).score == 9
    assert of("dast10", [1, 1, 0] + [1] * 7).score == 10


def test_gad7_band_ends_at_21():
    assert (of("gad7", [3] * 7).score, of("gad7", [3] * 7).band) == (21, "severe")


def test_pc_ptsd5_stops_at_the_gate():
    assert of("pc_ptsd5", [1] * 5, exposed=False).score == 0
    assert of("pc_ptsd5", [None] * 5, exposed=False).status == "complete"
    assert of("pc_ptsd5", [1] * 5).missing == ("gate",)
    assert of("pc_ptsd5", [1, 1, 1, 0, 0], exposed=True).band == "borderline"
    with pytest.raises(OutOfSet, match="exposed"):
        of("pc_ptsd5", [1] * 5, exposed="perhaps")


@pytest.mark.parametrize(("total", "band"), [(30, "below_cut"), (31, "grey_31_32"),
                                             (32, "grey_31_32"), (33, "above_cut")])
def test_pcl5_has_a_grey_part(total, band):
    answers = [4] * (total // 4) + [total % 4] + [0] * (19 - total // 4)

    assert of("pcl5", answers).band.split("+")[0] == band


def test_pcl5_pattern_needs_all_four_clusters():
    whole = [2, 0, 0, 0, 0, 2, 0, 2, 2, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0]

    assert of("pcl5", whole).band == "below_cut+dsm_pattern"
    for place in (0, 5, 7, 14):
        assert of("pcl5", [*whole[:place], 1, *whole[place + 1:]]).band == "below_cut"


@pytest.mark.parametrize(("answers", "recent", "band"), [
    ([0, 0, 0, 0, 0, 0], False, "none"),
    ([1, 0, 0, 0, 0, 0], False, "low"),
    ([0, 1, 0, 0, 0, 0], False, "low"),
    ([1, 1, 1, 0, 0, 0], False, "moderate"),
    ([0, 0, None, None, None, 1], False, "moderate"),
    ([0, 0, None, None, None, 1], True, "high"),
    ([1, 1, 0, 1, 0, 0], False, "high"),
    ([1, 1, 0, 0, 1, 0], False, "high"),
    ([1, 0, 0, 0, 1, 0], False, "high"),   # answered though it was to be skipped: never ignored
])
def test_cssrs_levels(answers, recent, band):
    found = of("cssrs_screener", answers, recent3m=recent)

    assert (found.score, found.band, found.status) == (None, band, "complete")


def test_cssrs_skips_to_6_and_then_asks_when():
    screener = load().get("cssrs_screener")

    assert [i.link_id for i in asked(screener, {"1": 0, "2": 0})] == ["1", "2", "6"]
    assert [i.link_id for i in asked(screener, {"2": 1, "6": 1})] == ["1", "2", "3", "4", "5", "6", "6b"]


def test_cssrs_unfinished_is_never_called_none_or_low():
    """A level is named early only when nothing missing could raise it."""
    assert of("cssrs_screener", [0, 0, None, None, None, None]).band is None
    assert of("cssrs_screener", [1, 1, 0, 0, None, 0], recent3m=False).band is None
    assert of("cssrs_screener", [1, 1, None, 1, None, None]).band == "high"
    unknown_when = of("cssrs_screener", [0, 0, None, None, None, 1])
    assert (unknown_when.band, unknown_when.missing) == (None, ("6b",))
    assert names(unknown_when.critical) == ["level_moderate"]


def test_cssrs_fires_at_each_item():
    screener = load().get("cssrs_screener")

    assert names(critical_of(screener, "1", 1, {})) == ["level_low"]
    assert names(critical_of(screener, "3", 1, {"1": 1, "2": 1})) == ["level_moderate"]
    assert names(critical_of(screener, "4", 1, {"1": 1, "2": 1, "3": 1})) == ["level_high"]
    assert names(of("cssrs_screener", [1] * 6, recent3m=True).critical) == [
        "level_high", "level_moderate", "level_low"]


def test_bam_takes_points_in_a_list_and_days_by_item():
    days = {"1": 2, "2": 5, "3": 2, "4": 0, "5": 0, "6": 0, "8": 1, "9": 3, "10": 6, "11": 8,
            "12": 1, "13": 8, "14": 4, "15": 1, "16": 4, "17": 3}

    assert of("bam", days).score == (0, 9, 14)
    assert of("bam", [2, 2, 1, 0, 0, 0, 0, 1, 3, 2, 2, 1, 2, 4, 1, 2, 3]).score == (0, 9, 14)
    assert of("bam", [0] * 6 + [None] + [0] * 10).score == (0, 0, 0)


@pytest.mark.parametrize(("days", "points"), [(0, 0), (1, 1), (3, 1), (4, 2), (8, 2), (9, 3),
                                              (15, 3), (16, 4), (30, 4)])
def test_bam_day_bins(days, points):
    none = {str(n): 0 for n in range(1, 18) if n != 7}

    assert of("bam", {**none, "4": days}).subscales["use"] == points


def test_bam_refuses_what_its_places_do_not_take():
    good = [0] * 17
    for place, wrong in ((14, 1), (14, 3), (2, 5), (7, 2), (7, True)):
        with pytest.raises(OutOfSet) as refused:
            of("bam", [*good[:place - 1], wrong, *good[place:]])
        assert refused.value.item == str(place)


def test_bam_flags_low_mood_and_a_likely_return_to_use():
    flags = [f.name for f in of("bam", [0, 0, 4, 0, 0, 0, 0, 3, 1] + [0] * 8).flags]

    assert flags == ["offer_phq9", "return_to_use_risk"]
    assert of("bam", [0, 4, 4, 0, 0, 0, 0, 4, 4, 4, 0, 4, 4, 4, 0, 4, 0]).band == "risk"


def test_bam_of_seven_days_keeps_days():
    assert of("bam_iop", [0] * 3 + [7, 2, 0] + [0] * 11).score == (7, 2, 0, 0, 0)
    with pytest.raises(OutOfSet):
        of("bam_iop", [0, 8] + [0] * 15)


def test_barc10_shows_the_lowest_three():
    assert of("barc10", [6, 5, 1, 6, 6, 2, 6, 6, 3, 6]).lowest == ("3", "6", "9")


def test_socrates_answers_to_both_its_names():
    assert load().get("socrates8a") is load().get("socrates8d") is load().get("socrates8")


def test_haq2_ranges_from_19_to_114():
    turned = {4, 8, 11, 16, 19}

    assert of("haq2", [1 if n in turned else 6 for n in range(1, 20)]).score == 114
    assert of("haq2", [6 if n in turned else 1 for n in range(1, 20)]).score == 19


@pytest.mark.parametrize(("lines", "band"), [([9, 9, 9, 9], "ok"), ([10, 10, 10, 8.9], "below_36_discuss"),
                                             ([9, 9, 9, 8.9], "below_36_discuss")])
def test_srs_one_line_below_9_is_enough(lines, band):
    assert of("srs", lines).band == band


@pytest.mark.parametrize(("lowest", "band"), [(0, "low"), (3, "low"), (4, "mid"), (6, "mid"), (7, "high")])
def test_ruler_goes_by_the_lowest(lowest, band):
    found = of("ruler", [9, lowest, 9])

    assert (found.score, found.band) == ((9, lowest, 9), band)
    assert ("low_confidence" in [f.name for f in found.flags]) is (lowest <= 3)


@pytest.mark.parametrize(("place", "wrong"), [(1, 3), (3, 2), (4, 3), (7, 4), (11, 4), (11, 1)])
def test_cows_points_have_gaps(place, wrong):
    with pytest.raises(OutOfSet):
        of("cows", [0] * (place - 1) + [wrong] + [0] * (11 - place))


def test_cows_reaches_48():
    assert of("cows", [4, 4, 5, 5, 4, 4, 5, 4, 4, 4, 5]).score == 48


def test_ciwa_fires_before_the_form_is_done():
    """Ten points are ten points, whatever is still missing."""
    found = of("ciwa_ar", [7, 3] + [None] * 8)

    assert (found.score, names(found.critical)) == (None, ["physician_10"])
    assert names(of("ciwa_ar", [7, 2] + [0] * 8).critical) == []
    assert names(of("ciwa_ar", [0] * 5 + [4] + [0] * 4).critical) == ["emergency_route"]
    assert names(of("ciwa_ar", [0] * 9 + [2]).critical) == ["emergency_route"]
    assert names(of("ciwa_ar", [0] * 10, seizure_history=True).critical) == ["emergency_route"]


AHC = {"living": "steady", "problems": [], "food": ["never", "never"], "transport": "no",
       "utilities": "no", "hits": [1, 1, 1, 1]}


@pytest.mark.parametrize(("change", "band", "needs"), [
    ({}, "none", ()),
    ({"problems": ["none"]}, "none", ()),
    ({"problems": ["mold"]}, "housing", ("housing",)),
    ({"problems": ["a hole in the roof"]}, "housing", ("housing",)),
    ({"living": "none"}, "housing", ("housing",)),
    ({"food": ["never", "often"]}, "food", ("food",)),
    ({"utilities": "already_shut_off"}, "utilities", ("housing",)),
    ({"hits": [3, 3, 3, 2]}, "safety", ("family",)),
    ({"hits": [3, 3, 3, 1]}, "none", ()),
    ({"transport": "yes", "hits": [5, 5, 5, 5]}, "transport,safety", ("transport", "family")),
])
def test_ahc_needs(change, band, needs):
    found = of("ahc_hrsn", AHC | change)

    assert (found.band, found.needs) == (band, needs)


def test_ahc_named_fields():
    assert of("ahc_hrsn", AHC | {"hits": [5, None, 5, 5]}).critical[0].what == "violence"
    assert of("ahc_hrsn", AHC | {"food": None}).missing == ("food1", "food2")
    with pytest.raises(WrongShape, match="hits is a list of 4 answers"):
        of("ahc_hrsn", AHC | {"hits": [1, 1, 1]})
    with pytest.raises(WrongShape, match="no item shoes"):
        of("ahc_hrsn", AHC | {"shoes": 1})
    with pytest.raises(OutOfSet, match="living"):
        of("ahc_hrsn", AHC | {"living": "Steady"})
    assert load().get("ahc_hrsn").hide_from_print == {"hits1", "hits2", "hits3", "hits4"}


def test_cage_aid_is_possible_from_one_yes_and_positive_from_two():
    bands = [of("cage_aid", [1] * yes + [0] * (4 - yes)).band for yes in range(5)]

    assert bands == ["negative", "possible", "positive", "positive", "positive"]


def test_criteria_that_do_not_count():
    every = [1] * 11

    assert of("dsm5_sud", every).score == 11
    assert of("dsm5_sud", every, substance="opioid", as_prescribed=True).score == 9
    assert of("dsm5_sud", every, substance="alcohol", as_prescribed=True).score == 11
    assert of("dsm5_sud", every, substance="inhalant").score == 10
    assert of("dsm5_sud", [1] * 10 + [None], substance="hallucinogen").status == "complete"


def test_session_check_is_an_alliance_form_of_the_client_alone():
    check = load().get("session_check")

    assert check.data_class == "alliance"
    assert check.administered_by == {"self"}
    assert of("session_check", [10, 10, 10, 6]).band == "talk_about_it"
    assert of("session_check", [7, 7, 7, 7]).band == "ok"
    alliance = {i.name for i in load().instruments.values() if i.data_class == "alliance"}
    assert alliance == {"session_check", "haq2", "wai_sr", "srs"}


def test_weekly_check_leads_to_a_person():
    weekly = load().get("weekly_check")

    assert names(critical_of(weekly, "self_harm", 1, {})) == ["self_harm"]
    assert "to_a_person" in [item.link_id for item in asked(weekly, {"self_harm": 1})]
    assert "to_a_person" not in [item.link_id for item in asked(weekly, {"self_harm": 0})]
    kinds = {critical.what for critical in weekly.critical}
    assert kinds == {"self_harm", "overdose", "withdrawal", "violence"}


def test_weekly_check_asks_which_substance_only_after_a_day_of_use():
    weekly = load().get("weekly_check")

    assert "used_alcohol" not in [item.link_id for item in asked(weekly, {"used": 0})]
    assert "used_alcohol" in [item.link_id for item in asked(weekly, {"used": 2})]


def test_six_areas_rated_4_is_an_emergency():
    assert of("six_areas", [0, 0, 4, 0, 0, 0]).band == "emergency"
    assert of("six_areas", [0, 0, 3, 4, 4, 4]).band == "rated"
    assert of("six_areas", [0, 0, 3, 4, 4, 4]).critical == ()


def test_needs_list_finds_its_domains():
    found = of("needs_list", [0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0])

    assert (found.score, found.band, found.needs) == (2, "needs", ("medical", "housing"))
    assert found.subscales["soon"] == 1


def test_drinking_in_30_days():
    assert of("drinking_30", [0, None, None]).score == (0, 0, 0)
    assert of("drinking_30", [4, 2, 4]).band == "heavy_day"
    assert of("drinking_30", [4, 2, 4], sex="m").band == "some"


def test_family_session_is_not_offered_where_it_may_not_be_safe():
    safe = {"support": 0, "arguments": 0, "use_at_home": 0, "children": 0, "safe": 0, "wish": 2}

    assert [f.name for f in of("family_check", safe).flags] == ["family_session"]
    unsafe = of("family_check", safe | {"safe": 1})
    assert unsafe.flags == ()
    assert names(unsafe.critical) == ["not_safe_with_people"]
