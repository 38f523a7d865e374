"""Each role's day in a real browser, on a real server and database."""
