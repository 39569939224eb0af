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
class TestMembers:
    """Your tests, such as `def test_a_new_member(self, members, carla):`"""

    url = "/api/v1/members"
    dora = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}

    def add(self, members, carla, **more):
        return members.post(self.url, json=self.dora | more, headers=carla)

    def test_a_new_member_is_where_it_says(self, members, carla):
        created = self.add(members, carla)
        assert created.status_code == 201
        found = members.get(created.headers["Location"], headers=carla).json()
        assert set(found) == {"id", "name", "email", "role", "active"}
        assert (found["name"], found["role"], found["active"]) == ("dora", "member", True)

    def test_refusals(self, members, carla):
        taken = (self.add(members, carla), self.add(members, carla))[1]
        weak = self.add(members, carla, name="emil", password="emil and the detectives")
        assert (taken.status_code, list(taken.json()["field_errors"])) == (409, ["name"])
        assert (weak.status_code, list(weak.json()["field_errors"])) == (422, ["password"])
        assert members.get(f"{self.url}/9", headers=carla).status_code == 404

    def test_the_last_admin_stays(self, members, carla):
        path = self.add(members, carla, role="admin").headers["Location"]
        assert members.patch(path, json={"role": "member"}, headers=carla).status_code == 409
        assert members.delete(path, headers=carla).status_code == 409

    def test_a_change_and_the_end(self, members, carla):
        path = self.add(members, carla).headers["Location"]
        changed = members.patch(path, json={"active": False}, headers=carla).json()
        assert (changed["active"], changed["email"]) == (False, "dora@example.com")
        assert members.delete(path, headers=carla).status_code == 204
        assert members.get(self.url, headers=carla).json() == []

    def test_pages(self, members, carla):
        for name in ("dora", "emil", "fay"):
            self.add(members, carla, name=name)
        page = members.get(f"{self.url}?limit=1&offset=1", headers=carla).json()
        assert [one["name"] for one in page] == ["emil"]

# %% wrong: the fields are not looked at
# says: SURVIVED: Whoever manages members reads the hash
class TestMembers:
    """Your tests, such as `def test_a_new_member(self, members, carla):`"""

    url = "/api/v1/members"
    dora = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}

    def add(self, members, carla, **more):
        return members.post(self.url, json=self.dora | more, headers=carla)

    def test_a_new_member_is_where_it_says(self, members, carla):
        created = self.add(members, carla)
        assert created.status_code == 201
        found = members.get(created.headers["Location"], headers=carla).json()
        assert (found["name"], found["role"], found["active"]) == ("dora", "member", True)

    def test_only_admins(self, members, ana):
        assert members.get(self.url, headers=ana).status_code == 403
        assert members.get(self.url).status_code == 401

    def test_refusals(self, members, carla):
        taken = (self.add(members, carla), self.add(members, carla))[1]
        weak = self.add(members, carla, name="emil", password="emil and the detectives")
        assert (taken.status_code, list(taken.json()["field_errors"])) == (409, ["name"])
        assert (weak.status_code, list(weak.json()["field_errors"])) == (422, ["password"])
        assert members.get(f"{self.url}/9", headers=carla).status_code == 404

    def test_the_last_admin_stays(self, members, carla):
        path = self.add(members, carla, role="admin").headers["Location"]
        assert members.patch(path, json={"role": "member"}, headers=carla).status_code == 409
        assert members.delete(path, headers=carla).status_code == 409

    def test_a_change_and_the_end(self, members, carla):
        path = self.add(members, carla).headers["Location"]
        changed = members.patch(path, json={"active": False}, headers=carla).json()
        assert (changed["active"], changed["email"]) == (False, "dora@example.com")
        assert members.delete(path, headers=carla).status_code == 204
        assert members.get(self.url, headers=carla).json() == []

    def test_pages(self, members, carla):
        for name in ("dora", "emil", "fay"):
            self.add(members, carla, name=name)
        page = members.get(f"{self.url}?limit=1&offset=1", headers=carla).json()
        assert [one["name"] for one in page] == ["emil"]

# %% wrong: statuses of refusals only
# says: SURVIVED: The page says that something is wrong
class TestMembers:
    """Your tests, such as `def test_a_new_member(self, members, carla):`"""

    url = "/api/v1/members"
    dora = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}

    def add(self, members, carla, **more):
        return members.post(self.url, json=self.dora | more, headers=carla)

    def test_a_new_member_is_where_it_says(self, members, carla):
        created = self.add(members, carla)
        assert created.status_code == 201
        found = members.get(created.headers["Location"], headers=carla).json()
        assert set(found) == {"id", "name", "email", "role", "active"}
        assert (found["name"], found["role"], found["active"]) == ("dora", "member", True)

    def test_only_admins(self, members, ana):
        assert members.get(self.url, headers=ana).status_code == 403
        assert members.get(self.url).status_code == 401

    def test_refusals(self, members, carla):
        taken = (self.add(members, carla), self.add(members, carla))[1]
        weak = self.add(members, carla, name="emil", password="emil and the detectives")
        assert taken.status_code == 409
        assert weak.status_code == 422
        assert members.get(f"{self.url}/9", headers=carla).status_code == 404

    def test_the_last_admin_stays(self, members, carla):
        path = self.add(members, carla, role="admin").headers["Location"]
        assert members.patch(path, json={"role": "member"}, headers=carla).status_code == 409
        assert members.delete(path, headers=carla).status_code == 409

    def test_a_change_and_the_end(self, members, carla):
        path = self.add(members, carla).headers["Location"]
        changed = members.patch(path, json={"active": False}, headers=carla).json()
        assert (changed["active"], changed["email"]) == (False, "dora@example.com")
        assert members.delete(path, headers=carla).status_code == 204
        assert members.get(self.url, headers=carla).json() == []

    def test_pages(self, members, carla):
        for name in ("dora", "emil", "fay"):
            self.add(members, carla, name=name)
        page = members.get(f"{self.url}?limit=1&offset=1", headers=carla).json()
        assert [one["name"] for one in page] == ["emil"]

# %% wrong: nothing is asserted
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
class TestMembers:
    """Your tests, such as `def test_a_new_member(self, members, carla):`"""

    url = "/api/v1/members"
    dora = {"name": "dora", "email": "dora@example.com", "password": "nine green clocks"}

    def add(self, members, carla, **more):
        return members.post(self.url, json=self.dora | more, headers=carla)

    def test_a_new_member_is_where_it_says(self, members, carla):
        created = self.add(members, carla)
        assert created.status_code == 201
        found = members.get(created.headers["Location"], headers=carla).json()
        assert set(found) == {"id", "name", "email", "role", "active"}
        assert (found["name"], found["role"], found["active"]) == ("dora", "member", True)

    def test_only_admins(self, members, ana):
        assert members.get(self.url, headers=ana).status_code == 403
        assert members.get(self.url).status_code == 401

    def test_refusals(self, members, carla):
        taken = (self.add(members, carla), self.add(members, carla))[1]
        weak = self.add(members, carla, name="emil", password="emil and the detectives")
        assert (taken.status_code, list(taken.json()["field_errors"])) == (409, ["name"])
        assert (weak.status_code, list(weak.json()["field_errors"])) == (422, ["password"])
        assert members.get(f"{self.url}/9", headers=carla).status_code == 404

    def test_a_change_and_the_end(self, members, carla):
        path = self.add(members, carla).headers["Location"]
        changed = members.patch(path, json={"active": False}, headers=carla).json()
        assert (changed["active"], changed["email"]) == (False, "dora@example.com")
        assert members.delete(path, headers=carla).status_code == 204
        assert members.get(self.url, headers=carla).json() == []

    def test_pages(self, members, carla):
        for name in ("dora", "emil", "fay"):
            self.add(members, carla, name=name)
        page = members.get(f"{self.url}?limit=1&offset=1", headers=carla).json()
        assert [one["name"] for one in page] == ["emil"]
