# story: Nine bugs are about dates and mails.
# story: The promises:
# story: The method `plan` makes a task that is due today for each of these users.
# story: Ben, user 2, has closed his account.

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

    def test_no_reason(self, client, ana, carla, mails):
        for body in ({"done": True, "due_date": str(TODAY)}, {"due_date": str(TODAY + timedelta(days=1))}):
            client.post("/tasks", json={"title": "Rent"} | body, headers=ana)
        assert client.post("/reminders", headers=carla).json()["sent"] == 0

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
        dora = {"username": "dora", "email": "dora@example.com", "password": "p" * 12}
        with acting_as(app, client.post("/users", json=dora).json()["id"]):
            client.post("/tasks", json=due | {"done": True})
            client.post("/tasks", json=due | {"due_date": str(TODAY.replace(day=TODAY.day + 1))})
        box.addresses.clear()
        assert client.post("/reminders", headers=carla).status_code == 200
        assert box.addresses == {"carla@example.com"}
        client.post("/users", json={"username": "zoe", "email": "zoe@example.com", "password": "p" * 12})
        assert "zoe@example.com" in box.addresses
        app.dependency_overrides[get_today] = lambda: TODAY.replace(year=2032)
        assert client.put("/tasks/6", json=due, headers=carla).status_code == 200

# %% wrong: far dates only
# breaks: A task may be due today, or later.
# breaks: Write tests that catch them, in the class `TestTodayAndMail`.
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
# breaks: A test has the fake only if it names `mails` as a parameter.
# says: The test doesn't name `mails` as a parameter
# says: POST /reminders → 200 OK
class TestTodayAndMail:
    def test_reminders(self, client, ana, carla):
        client.post("/tasks", json={"title": "Rent", "due_date": str(TODAY)}, headers=ana)
        assert client.post("/reminders", headers=carla).json() == {"sent": 1, "failed": 0}

# %% wrong: nobody looks at the addresses
# breaks: sends one mail to each active user
# says: SURVIVED: A copy of each reminder goes to somebody
# change: solution
-        assert mails.sent == ["ana@example.com"]

# %% wrong: finished tasks are never tried
# breaks: with an open task
# says: SURVIVED: Ana has done everything for today
# change: solution
-        for body in (done, later):
+        for body in (later,):

# %% wrong: tasks of another day are never tried
# breaks: that is due today or earlier
# says: SURVIVED: Everybody with an open task gets a mail each morning
class TestTodayAndMail:
    def test_reminders(self, app, client, ana, carla, mails):
        for done in (False, True):
            body = {"title": "Rent", "due_date": str(TODAY), "done": done}
            client.post("/tasks", json=body, headers=ana)
        assert client.post("/reminders", headers=carla).status_code == 200
        assert "ana@example.com" in mails.sent

# %% wrong: who has left is never tried
# breaks: It answers `{"sent": 1, "failed": 0}`, for example.
# says: SURVIVED: People who have closed their account
# change: solution
-        self.plan(app, client, 1, 2, 3)
+        self.plan(app, client, 1, 3)

# %% wrong: every address works
# breaks: If one address fails (`mails.refused = ["ana@example.com"]`), the others get theirs, and `failed` counts it.
# says: SURVIVED: One address does not work
# change: solution
-        mails.refused = ["carla@example.com"]
...
-        assert answer.json() == {"sent": 1, "failed": 1}
-        assert mails.sent == ["ana@example.com"]
+        assert answer.json() == {"sent": 2, "failed": 0}
+        assert mails.sent == ["ana@example.com", "carla@example.com"]

# %% wrong: the date never passes
# breaks: A task whose date has passed in the meantime can still be replaced by `PUT` with the same date.
# says: SURVIVED: Once its date has passed
# change: solution
-        app.dependency_overrides[get_today] = lambda: TODAY + timedelta(days=1)

# %% wrong: the admin is acted as
# says: nobody is an admin
class TestTodayAndMail:
    def test_reminders(self, app, client, mails):
        with acting_as(app, 3):
            assert client.post("/reminders").json() == {"sent": 0, "failed": 0}

# %% wrong: a task for next year instead of tomorrow
# says: SURVIVED: What Ana planned for tomorrow
# change: solution
-        later = {"title": "Party", "due_date": str(TODAY + timedelta(days=1))}
+        later = {"title": "Party", "due_date": str(TODAY + timedelta(days=365))}
