"""The standing week: searched by the timetable engine, decided by a person."""
