"""What is measured is done: `heard bench` answers with figures, whatever they are on this machine."""


def test_an_ask_of_sixty_people_is_frozen_answered_and_written_anew(installation):
    figures = installation.answers("bench", "answers", "--people", "60")
    assert (figures["people"], figures["groups"], figures["answers"]) == (60, 2, 300)
    assert all(value > 0 for value in figures.values() if isinstance(value, float))


def test_tokens_are_signed_and_checked(installation):
    figures = installation.answers("bench", "tokens", "-n", "10")
    assert (figures["n"], figures["bits"]) == (10, 2048)
    assert all(isinstance(figures[name], float) and figures[name] > 0 for name in ("sign_ms", "verify_ms"))
