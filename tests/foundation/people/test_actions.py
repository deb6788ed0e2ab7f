"""What is done about people: happy, refused, not allowed, twice."""


def test_a_cast_stands(cast):
    assert cast.left.left_at
