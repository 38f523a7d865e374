"""Every page of clients, supporters and visitors can be read after six years of school."""

import pytest

from tests.words.grade import grade
from tests.words.reading import texts

HIGHEST = 6.0
HIGHEST_PAPERS = 8.0  # texts of law: what is signed must say what the law says
PAPERS = "maria /clients/1/papers/ 200"
SENTENCE = 5  # words


def own_words(page: str) -> list[str]:
    """Return a page's English texts, each once."""
    return list(dict.fromkeys(text for language, text in texts(page) if language == "en"))


def main_part(page: str) -> str:
    """Return the page without its frame, whose short words would make it look easier."""
    return '<html lang="en">' + page[page.index("<main"):page.index("</main>")]


def test_no_page_asks_for_more_than_six_years_of_school(pages):
    hard = {}
    for name, page in pages["en"].items():
        whole, said = grade(own_words(page)), grade(own_words(main_part(page)))
        if max(whole, said) > (HIGHEST_PAPERS if name == PAPERS else HIGHEST):
            hard[name] = (whole, said)
    assert hard == {}


def test_the_sentences_alone_do_not_either(pages):
    hard = {}
    for name, page in pages["en"].items():
        said = [text for text in own_words(page) if len(text.split()) >= SENTENCE]
        if said and grade(said) > (HIGHEST_PAPERS if name == PAPERS else HIGHEST):
            hard[name] = grade(said)
    assert hard == {}


@pytest.mark.parametrize(("text", "least", "most"), [
    ("The cat sat on the mat.", -2, 1),
    ("Participation necessitates comprehensive documentation of authorization.", 15, 40),
    ("We tell nobody that you come here unless you agree in writing.", 3, 8),
])
def test_the_measure_tells_easy_from_hard(text, least, most):
    assert least <= grade([text]) <= most
