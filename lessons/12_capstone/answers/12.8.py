# story: The club begins without members.

# %% right: a fixture that takes people in
@pytest.fixture
def take_in(members, carla):
    def take(name="dora", password="nine green clocks", **more):
        body = {"name": name, "email": f"{name}@example.com", "password": password, **more}
        return members.post("/api/v1/members", json=body, headers=carla)
    return take

class TestMembers:
    def test_in_and_out(self, members, carla, take_in):
        dora = take_in()
        assert dora.status_code == 201 and "password_hash" not in dora.json()
        assert members.delete(dora.headers["Location"], headers=carla).status_code == 204
        assert members.get(dora.headers["Location"], headers=carla).status_code == 404

    def test_switched_off(self, members, carla, take_in):
        where = take_in().headers["Location"]
        members.patch(where, json={"active": False}, headers=carla)
        assert members.get(where, headers=carla).json()["active"] is False

    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    def test_members_are_for_admins(self, members, ana, take_in, method):
        assert members.request(method, take_in().headers["Location"], headers=ana).status_code == 403

    def test_twice(self, take_in):
        assert [take_in().status_code, take_in().json()["error_code"]] == [201, "NAME_TAKEN"]
        assert "name" in take_in().json()["field_errors"]

    def test_somebody_must_have_the_key(self, members, carla, take_in):
        where = take_in(role="admin").headers["Location"]
        answer = members.delete(where, headers=carla)
        assert answer.json()["error_code"] == "LAST_ADMIN"

    def test_second_page(self, members, carla, take_in):
        take_in(), take_in(name="emil")
        page = members.get("/api/v1/members", params={"offset": 1}, headers=carla)
        assert len(page.json()) == 1

# %% wrong: nobody but the admin asks
# says: SURVIVED: Ana, who is no admin
# change: solution
-    def test_only_admins(self, members, ana):
-        assert members.get(self.url, headers=ana).status_code == 403
-        assert members.get(self.url).status_code == 401
-

# %% wrong: the fields are not looked at
# breaks: Eight bugs.
# says: SURVIVED: Everybody who manages members reads the hash
# change: solution
-        assert set(found) == {"id", "name", "email", "role", "active"}

# %% wrong: statuses of refusals only
# says: SURVIVED: The page says that something is wrong
# change: solution
-        assert (taken.status_code, list(taken.json()["field_errors"])) == (409, ["name"])
-        assert (weak.status_code, list(weak.json()["field_errors"])) == (422, ["password"])
+        assert taken.status_code == 409
+        assert weak.status_code == 422

# %% wrong: nothing is asserted
# breaks: Write `TestMembers`, with the fixture `members`.
# says: 0 of 8
# says: asserts nothing
class TestMembers:
    def test_everything(self, members, carla):
        body = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
        members.post("/api/v1/members", json=body, headers=carla)
        members.get("/api/v1/members", headers=carla)

# %% wrong: the exceptions themselves are tested
# says: our app, which does what
class TestMembers:
    def test_the_name_is_taken(self, members, carla):
        body = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}
        members.post("/api/v1/members", json=body, headers=carla)
        with pytest.raises(NameTaken):
            members.post("/api/v1/members", json=body, headers=carla)

# %% wrong: an email that the page must not have to know
# says: SURVIVED: The only admin steps back
# change: solution
-    def test_the_last_admin_stays(self, members, carla):
-        path = self.add(members, carla, role="admin").headers["Location"]
-        assert members.patch(path, json={"role": "member"}, headers=carla).status_code == 409
-        assert members.delete(path, headers=carla).status_code == 409
-
