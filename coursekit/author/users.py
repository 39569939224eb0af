"""The users whom every lesson knows, and how a caller says who they are."""

ANA, BEN, CARLA, DORA = 1, 2, 3, 4
"""Their ids. Ben's account is closed, and Carla is an admin."""
PASSWORD = "seven blue tables"
"""The password of each of them."""


def bearer(token: str) -> dict[str, str]:
    """Return the header with which somebody shows a token: {"Authorization": "Bearer …"}."""
    return {"Authorization": f"Bearer {token}"}
