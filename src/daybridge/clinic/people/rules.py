"""Rules (temporary)."""
SHORTEST_NUMBER = 4
def digits(t): return "".join(c for c in t if c.isdigit())
def fold_contact(kind, v): return digits(v) if kind == "phone" else v.casefold()
