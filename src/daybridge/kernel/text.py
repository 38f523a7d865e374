"""Text (temporary)."""
import unicodedata


def tidy(t): return " ".join(t.split())
def words(t): return sorted({w for w in unicodedata.normalize("NFKD", t).casefold().split()})
def skeleton(w): return w
