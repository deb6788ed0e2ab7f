"""`heard demo` moves the company in once, and refuses where other people are."""


def test_the_demo_names_five_roles_and_is_the_same_when_asked_again(installation):
    first = installation.answers("demo")
    assert first["url"].startswith("http://localhost:")
    assert [one["role"] for one in first["people"]] == ["member", "tender", "leader", "steward", "administrator"]
    assert all(one["email"] and len(one["password"]) >= 10 for one in first["people"])
    assert installation.answers("demo") == first


def test_the_demo_keeps_out_of_a_database_with_other_people(prepared, anne):
    prepared.says("admin", "create", *anne)
    done = prepared.run("demo")
    assert done.returncode == 1
    assert "--beside" in done.stderr
    assert "Traceback" not in done.stderr
