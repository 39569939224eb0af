"""The users whom every lesson knows."""

from coursekit.author import users


def test_bearer() -> None:
    assert users.bearer("ana-token") == {"Authorization": "Bearer ana-token"}
    assert users.bearer("") == {"Authorization": "Bearer "}
