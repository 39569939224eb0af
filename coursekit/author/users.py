"""The users that appear in every lesson, and the header that a signed-in caller sends."""

ANA, BEN, CARLA, DORA = 1, 2, 3, 4
"""The users' ids. Ben's account is closed, and Carla is an admin."""
PASSWORD = "seven blue tables"
"""The password that all of them have."""


def bearer(token: str) -> dict[str, str]:
    """Return the header that carries a token: {"Authorization": "Bearer …"}."""
    return {"Authorization": f"Bearer {token}"}
