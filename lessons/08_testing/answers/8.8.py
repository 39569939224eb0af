# %% right: parametrized days, each promise a test
class TestTodayAndMail:
    @pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 201), (400, 201)])
    def test_days(self, client, ana, days, status):
        body = {"title": "Rent", "due_date": str(TODAY + timedelta(days=days))}
        assert client.post("/tasks", json=body, headers=ana).status_code == status

    def test_overdue(self, app, client, ana):
        body = {"title": "Rnet", "due_date": "2031-05-20"}
        path = client.post("/tasks", json=body, headers=ana).headers["Location"]
        app.dependency_overrides[get_today] = lambda: date(2031, 6, 1)
        assert client.put(path, json={**body, "title": "Rent"}, headers=ana).json()["title"] == "Rent"

    def test_join(self, client, mails):
        client.post("/users", json={"username": "zoe", "email": "zoe@example.com", "password": "p" * 12})
        assert len(mails.sent) == 1

    def test_ben_gets_none(self, app, client, carla, mails):
        for user_id in (1, 2):
            with acting_as(app, user_id):
                client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)})
        assert client.post("/reminders", headers=carla).json()["sent"] == 1
        assert mails.sent == ["ana@example.com"]

    def test_one_fails(self, app, client, carla, mails):
        mails.refused.append("ana@example.com")
        for user_id in (1, 3):
            with acting_as(app, user_id):
                client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)})
        assert client.post("/reminders", headers=carla).json() == {"sent": 1, "failed": 1}

# %% right: a mailer of the learner's own
class Postbox:
    url = "somewhere"

    def __init__(self):
        self.addresses = set()

    async def send(self, to, subject, text, key):
        if to.startswith("ana"):
            raise RuntimeError("no such address")
        self.addresses.add(to)


class TestTodayAndMail:
    def test_morning(self, app, client, carla):
        box = Postbox()
        app.dependency_overrides[get_mailer] = lambda: box
        due = {"title": "Rent", "due_date": str(TODAY)}
        for user_id in (1, 2, 3):
            with acting_as(app, user_id):
                assert client.post("/tasks", json=due).status_code == 201
        assert client.post("/reminders", headers=carla).status_code == 200
        assert box.addresses == {"carla@example.com"}
        client.post("/users", json={"username": "zoe", "email": "zoe@example.com", "password": "p" * 12})
        assert "zoe@example.com" in box.addresses
        app.dependency_overrides[get_today] = lambda: TODAY.replace(year=2032)
        assert client.put("/tasks/6", json=due, headers=carla).status_code == 200

# %% wrong: far dates only
# says: SURVIVED: Nobody can plan anything for today
class TestTodayAndMail:
    def test_dates(self, client, ana):
        for day, status in (("2031-05-01", 422), ("2031-06-01", 201)):
            body = {"title": "Rent", "due_date": day}
            assert client.post("/tasks", json=body, headers=ana).status_code == status

# %% wrong: the mails are counted by nobody
# says: SURVIVED: People who have closed their account
class TestTodayAndMail:
    def test_reminders(self, app, client, carla, mails):
        with acting_as(app, 1):
            client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)})
        assert client.post("/reminders", headers=carla).status_code == 200

    def test_join(self, client, mails):
        body = {"username": "zoe", "email": "zoe@example.com", "password": "p" * 12}
        assert client.post("/users", json=body).status_code == 201

# %% wrong: the real calendar
# says: `test_today` fails
class TestTodayAndMail:
    def test_today(self, client, ana):
        body = {"title": "Rent", "due_date": str(date(2026, 1, 1))}
        assert client.post("/tasks", json=body, headers=ana).status_code == 201

# %% wrong: Ana is no admin
# says: `test_reminders` fails
# says: 403
class TestTodayAndMail:
    def test_reminders(self, client, ana, mails):
        assert client.post("/reminders", headers=ana).status_code == 200

# %% wrong: the fixture is called like a function
# says: Fixture "mails" called directly
class TestTodayAndMail:
    def test_join(self, app, client):
        box = mails(app)
        body = {"username": "zoe", "email": "zoe@example.com", "password": "p" * 12}
        client.post("/users", json=body)
        assert box.sent == ["zoe@example.com"]

# %% wrong: a test without the fake
# says: `test_reminders` fails
# says: POST /reminders → 200 OK
class TestTodayAndMail:
    def test_reminders(self, client, ana, carla):
        client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)}, headers=ana)
        assert client.post("/reminders", headers=carla).json() == {"sent": 1, "failed": 0}
