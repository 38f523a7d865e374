"""The week's timetable: which group meets when, led by whom, with whom. No Django here."""
