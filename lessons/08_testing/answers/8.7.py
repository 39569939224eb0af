# story: Seven bugs are about errors and about what leaves the API.
# story: The promises:
# story: The method `join` sends such a request.
# story: A password needs 12 characters.

# %% right: parametrized bodies, a breakdown of its own
class TestFailing:
    @pytest.mark.parametrize(
        ("username", "password", "status"),
        [("dora", "short", 400), ("ana", "long enough password", 409)],
    )
    def test_join(self, client, username, password, status):
        body = {"username": username, "email": "x@example.com", "password": password}
        answer = client.post("/users", json=body)
        assert answer.status_code == status
        assert password not in answer.text

    def test_fields(self, client, ana):
        assert set(client.get("/users/3", headers=ana).json()) == {"id", "username"}

    def test_expired(self, app, client):
        headers = client.get("/users/me", headers=token_of(app, 1, -1)).headers
        assert headers.get("WWW-Authenticate") == "Bearer"

    def test_broken(self, app, client):
        def get_broken_db():
            raise ValueError("a secret of ours")

        app.dependency_overrides[get_db] = get_broken_db
        answer = client.get("/users/me", headers=token_of(app, 1))
        assert answer.status_code == 500 and "secret" not in answer.text

# %% right: the same in one test, and nobody's token
class TestFailing:
    def test_all(self, app, client, carla):
        short = client.post("/users", json={"username": "zoe", "email": "z@example.com", "password": "hunter2"})
        assert short.status_code == 400 and "hunter2" not in str(short.json())
        taken = client.post("/users", json={"username": "zoe", "email": "ana@example.com", "password": "p" * 12})
        assert taken.json()["error_code"] == "USER_EXISTS"
        assert len(client.get("/users/1", headers=carla).json()) == 2
        bad = client.get("/tasks", headers={"Authorization": "Bearer nonsense"})
        assert "WWW-Authenticate" in bad.headers
        app.dependency_overrides[get_db] = broken_database
        broken = client.get("/tasks", headers=carla)
        assert broken.is_server_error and broken.json()["detail"].startswith("Something went wrong")

# %% wrong: statuses only
# breaks: Write tests that catch them, in the class `TestFailing`.
# breaks: and the answer does not repeat the password
# says: catch 2 of 7
class TestFailing:
    def test_short(self, client):
        body = {"username": "dora", "email": "d@example.com", "password": "short"}
        assert client.post("/users", json=body).status_code == 400

    def test_taken(self, client):
        body = {"username": "ana", "email": "d@example.com", "password": "nine green clocks"}
        assert client.post("/users", json=body).status_code == 409

    def test_user(self, client, ana):
        assert client.get("/users/3", headers=ana).status_code == 200

    def test_expired(self, app, client):
        assert client.get("/tasks", headers=token_of(app, 1, -1)).status_code == 401

    def test_broken(self, app, client, ana):
        app.dependency_overrides[get_db] = broken_database
        assert client.get("/tasks", headers=ana).status_code == 500

# %% wrong: some of the fields
# breaks: `GET /users/3` gives exactly `{"id": 3, "username": "carla"}`.
# says: SURVIVED: Everybody who looks at a user gets the hash of the password
class TestFailing:
    def test_user(self, client, ana):
        assert client.get("/users/3", headers=ana).json()["username"] == "carla"

    def test_me(self, client, ana):
        assert "password" not in client.get("/users/me", headers=ana).json()

# %% wrong: the header is asked of a request without a token
# breaks: A token that has expired gets 401 with the header `WWW-Authenticate: Bearer`.
# says: SURVIVED: When a token expires
class TestFailing:
    def test_header(self, client):
        assert client.get("/tasks").headers["WWW-Authenticate"] == "Bearer"

# %% wrong: the exception reaches the test
# says: `test_broken` fails
# says: RuntimeError
class TestFailing:
    def test_broken(self, app, ana):
        app.dependency_overrides[get_db] = broken_database
        with TestClient(app) as client:
            assert client.get("/tasks", headers=ana).status_code == 500

# %% wrong: nothing is broken
# breaks: that says nothing about the inside.
# says: SURVIVED: When something breaks, anybody reads our SQL
class TestFailing:
    def test_broken(self, client, ana):
        assert "SELECT" not in client.get("/tasks", headers=ana).text

    def test_broken_again(self, app, client, ana):
        app.dependency_overrides[broken_database] = get_db
        assert "SELECT" not in client.get("/tasks", headers=ana).text

# %% wrong: the function is called
# breaks: To break something, use `broken_database` from the cell above.
# says: fails at `app.dependency_overrides[get_db] = broken_database()`
class TestFailing:
    def test_broken(self, app, client, ana):
        app.dependency_overrides[get_db] = broken_database()
        assert client.get("/tasks", headers=ana).status_code == 500

# %% wrong: a short password's status is never looked at
# breaks: `POST /users` with a password that is too short gets 400
# says: SURVIVED: New users protect their accounts with passwords of one letter.
# change: solution
-        assert answer.status_code == 400

# %% wrong: never that it is a 500
# breaks: When something breaks, the answer is a 500
# says: SURVIVED: Something breaks, and the phone is told that all is well.
# change: solution
-        assert answer.status_code == 500

# %% wrong: only the hash must not be shown
# says: SURVIVED: Everybody who looks at a user gets the email address.
# never: SURVIVED: Everybody who looks at a user gets the hash
# change: solution
-        assert client.get("/users/3", headers=ana).json() == {"id": 3, "username": "carla"}
+        assert "hash" not in client.get("/users/3", headers=ana).text
