# %% right: one table
class TestWhoMay:
    @pytest.mark.parametrize(
        ("user_id", "minutes", "method", "path", "status"),
        [
            (1, 30, "GET", "/tasks", 200),
            (2, 30, "GET", "/tasks", 403),
            (1, -1, "GET", "/tasks", 401),
            (1, 30, "GET", "/tasks/3", 404),
            (1, 30, "DELETE", "/users/2", 403),
            (3, 30, "DELETE", "/users/2", 204),
        ],
    )
    def test_status(self, app, client, user_id, minutes, method, path, status):
        headers = token_of(app, user_id, minutes)
        assert client.request(method, path, headers=headers).status_code == status

    @pytest.mark.parametrize(("password", "status"), [(PASSWORD, 200), ("x" * 12, 401), ("", 400)])
    def test_login(self, client, password, status):
        form = {"username": "ana", "password": password}
        if password:
            assert client.post("/token", data=form).status_code == status

# %% right: real logins, and a helper that asserts
def enter(client, name, password=PASSWORD):
    answer = client.post("/token", data={"username": name, "password": password})
    assert answer.status_code == 200
    return {"Authorization": "Bearer " + answer.json()["access_token"]}


class TestWhoMay:
    def test_ben(self, client):
        assert client.get("/tasks/1", headers=enter(client, "ben")).status_code == 403

    def test_delete(self, client):
        assert client.delete("/users/2", headers=enter(client, "ana")).status_code == 403
        assert client.delete("/users/2", headers=enter(client, "carla")).is_success

    def test_carlas_task(self, client):
        assert client.patch("/tasks/3", json={"done": True}, headers=enter(client, "ana")).status_code == 404

    def test_expired(self, app, client):
        assert client.get("/users/me", headers=token_of(app, 3, -5)).status_code == 401

    def test_guess(self, client):
        with pytest.raises(AssertionError):
            enter(client, "ana", "a guess")

# %% wrong: only the happy path
# says: catch 2 of 7
class TestWhoMay:
    def test_ana(self, client, ana):
        assert client.get("/tasks", headers=ana).status_code == 200

    def test_carla_removes(self, client, carla):
        assert client.delete("/users/2", headers=carla).status_code == 204

# %% wrong: the link that matters is replaced
# says: SURVIVED: Ben's account was closed
# says: SURVIVED: A token that was stolen
class TestWhoMay:
    def test_nobody(self, client):
        assert client.get("/tasks").status_code == 401

    def test_ben(self, app, client):
        with acting_as(app, 2):
            assert client.get("/tasks").status_code == 200

    def test_owner(self, app, client):
        with acting_as(app, 1):
            assert client.get("/tasks/3").status_code == 404

    def test_roles(self, client, ana, carla):
        assert client.delete("/users/2", headers=ana).status_code == 403
        assert client.delete("/users/2", headers=carla).status_code == 204

    def test_login(self, client):
        assert client.post("/token", data={"username": "ana", "password": "no"}).status_code == 401

# %% wrong: any refusal will do, so a shut door is fine
# says: SURVIVED: Carla is an admin, and the page for removing users refuses her
class TestWhoMay:
    def test_all(self, app, client, ana):
        assert client.get("/tasks", headers=token_of(app, 2)).status_code >= 400
        assert client.get("/tasks/3", headers=ana).status_code >= 400
        assert client.delete("/users/2", headers=ana).status_code >= 400
        assert client.get("/tasks", headers=token_of(app, 1, minutes=-1)).status_code >= 400
        assert client.post("/token", data={"username": "ana", "password": "no"}).status_code >= 400

# %% wrong: 403 where the API hides
# says: `test_carlas_task` fails
# says: assert 404 == 403
class TestWhoMay:
    def test_carlas_task(self, client, ana):
        assert client.get("/tasks/3", headers=ana).status_code == 403

# %% wrong: async without a mark
# says: async def functions are not natively supported
# says: pytest does not await it
class TestWhoMay:
    async def test_closed(self, app, client):
        assert client.get("/tasks", headers=token_of(app, 2)).status_code == 403

# %% wrong: a class with __init__
# says: the class has no `__init__`
class TestWhoMay:
    def __init__(self):
        self.path = "/tasks"

    def test_closed(self, app, client):
        assert client.get(self.path, headers=token_of(app, 2)).status_code == 403

# %% wrong: everything is skipped
# says: All that it finds are skipped
class TestWhoMay:
    @pytest.mark.skip
    def test_closed(self, app, client):
        assert client.get("/tasks", headers=token_of(app, 2)).status_code == 403
