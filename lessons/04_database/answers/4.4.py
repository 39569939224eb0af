# story: The page with all shopping lists was quick in January.
# story: Now there are ninety lists, and it takes two seconds.
# story: Nobody has changed it.
# story: `read_lists` gives the right answer.

# %% right: one joined statement
class ShopBase(DeclarativeBase):
    pass


class ShoppingList(ShopBase):
    __tablename__ = "shopping_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    items: Mapped[list["Item"]] = relationship(order_by="Item.id")


class Item(ShopBase):
    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("shopping_lists.id"), index=True)
    text: Mapped[str]


from sqlalchemy.orm import joinedload


async def read_lists(session):
    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
    page = []
    for one in (await session.scalars(lists)).unique():
        page.append({"name": one.name, "items": [item.text for item in one.items]})
    return page

# %% right: two statements, put together by hand
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    page = {}
+    for number, name in await session.execute(select(ShoppingList.id, ShoppingList.name).order_by(ShoppingList.name)):
+        page[number] = {"name": name, "items": []}
+    for item in await session.scalars(select(Item).order_by(Item.id)):
+        page[item.list_id]["items"].append(item.text)
+    return list(page.values())

# %% wrong: the loop asks in another way
# breaks: with at most three statements
# says: Ask for all items at once, with `selectinload`
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
     page = []
-    for one in (await session.scalars(lists)).unique():
+    for one in (await session.scalars(select(ShoppingList).order_by(ShoppingList.name))).all():
+        await session.refresh(one, ["items"])

# %% wrong: a join loses empty lists
# breaks: An empty list belongs on the page too.
# says: A join keeps only lists that have an item
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    page = {}
+    rows = select(ShoppingList.name, Item.text).join(Item).order_by(ShoppingList.name, Item.id)
+    for name, text in await session.execute(rows):
+        page.setdefault(name, []).append(text)
+    return [{"name": name, "items": items} for name, items in page.items()]

# %% wrong: nothing loaded
# outcome: error
# says: Load the row with the query
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    return [
+        {"name": one.name, "items": [item.text for item in one.items]}
+        for one in await session.scalars(select(ShoppingList).order_by(ShoppingList.name))
+    ]

# %% wrong: joinedload without unique
# says: unique() method
# outcome: error
# change: one joined statement
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    return [{"name": one.name, "items": [item.text for item in one.items]} for one in await session.scalars(lists)]

# %% wrong: the order got lost
# breaks: Make it give the same answer
# says: not in the order of their names
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    lists = await session.scalars(select(ShoppingList).options(selectinload(ShoppingList.items)))
+    return [{"name": one.name, "items": [item.text for item in one.items]} for one in lists]

# %% wrong: objects instead of the page
# says: It should give what it gave before
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    return (await session.scalars(select(ShoppingList).options(selectinload(ShoppingList.items)))).all()

# %% wrong: a limit that nobody asked for
# breaks: however many lists there are
# says: All lists belong on it, however many there are
# change: one joined statement
-from sqlalchemy.orm import joinedload
-
-
 async def read_lists(session):
-    lists = select(ShoppingList).options(joinedload(ShoppingList.items)).order_by(ShoppingList.name)
-    page = []
-    for one in (await session.scalars(lists)).unique():
-        page.append({"name": one.name, "items": [item.text for item in one.items]})
-    return page
+    lists = await session.scalars(select(ShoppingList).options(selectinload(ShoppingList.items)).order_by(ShoppingList.name).limit(100))
+    return [{"name": one.name, "items": [item.text for item in one.items]} for one in lists]

# %% wrong: the class in the loader
# outcome: error
# says: takes the attribute that leads to the other table
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
+    lists = select(ShoppingList).options(selectinload(Item))

# %% wrong: the attribute's name as text in the loader
# outcome: error
# says: takes the attribute itself and not its name as text
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
+    lists = select(ShoppingList).options(selectinload("items"))

# %% wrong: lists of one name become one
# says: two lists may have the same name
# never: The list without items is missing
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
-    return [
-        {"name": one.name, "items": [item.text for item in one.items]}
-        for one in await session.scalars(lists.order_by(ShoppingList.name))
-    ]
+    rows = await session.execute(select(ShoppingList.name, Item.text).outerjoin(Item).order_by(ShoppingList.name, Item.id))
+    page = {}
+    for name, text in rows:
+        page.setdefault(name, [])
+        if text is not None:
+            page[name].append(text)
+    return [{"name": name, "items": items} for name, items in page.items()]

# %% wrong: the order of the items taken away
# says: in the order of their ids
# change: solution
-    items: Mapped[list["Item"]] = relationship(order_by="Item.id")
+    items: Mapped[list["Item"]] = relationship()

# %% wrong: each text once
# says: All items belong on the page
# change: solution
-        {"name": one.name, "items": [item.text for item in one.items]}
+        {"name": one.name, "items": list(dict.fromkeys(item.text for item in one.items))}

# %% wrong: empty lists are deleted
# says: only reads, and yet the data changed
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
-    return [
-        {"name": one.name, "items": [item.text for item in one.items]}
-        for one in await session.scalars(lists.order_by(ShoppingList.name))
-    ]
+    page = []
+    for one in await session.scalars(select(ShoppingList).options(selectinload(ShoppingList.items)).order_by(ShoppingList.name)):
+        if not one.items:
+            await session.delete(one)
+        page.append({"name": one.name, "items": [item.text for item in one.items]})
+    return page

# %% wrong: thirty lists at a time
# says: and 6 for 130
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
-    return [
-        {"name": one.name, "items": [item.text for item in one.items]}
-        for one in await session.scalars(lists.order_by(ShoppingList.name))
-    ]
+    page = []
+    lists = (await session.scalars(select(ShoppingList).order_by(ShoppingList.name))).all()
+    for start in range(0, len(lists), 30):
+        part = lists[start : start + 30]
+        items = await session.scalars(select(Item).where(Item.list_id.in_([one.id for one in part])).order_by(Item.id))
+        texts = [(item.list_id, item.text) for item in items]
+        page += [{"name": one.name, "items": [text for owner, text in texts if owner == one.id]} for one in part]
+    return page

# %% wrong: the page is kept and never read again
# says: however many there are
# change: solution
     text: Mapped[str]

+_page = []
+
 async def read_lists(session: AsyncSession) -> list[dict[str, Any]]:
+    if _page:
+        return _page
...
-    return [
+    _page.extend([
...
-    ]
+    ])
+    return _page

# %% wrong: a dictionary by name
# says: It should give what it gave before
# change: solution
-    return [
-        {"name": one.name, "items": [item.text for item in one.items]}
-        for one in await session.scalars(lists.order_by(ShoppingList.name))
-    ]
+    return {one.name: [item.text for item in one.items] for one in await session.scalars(lists.order_by(ShoppingList.name))}

# %% wrong: no items are None
# says: An empty list has no texts, and is `[]`
# change: solution
-        {"name": one.name, "items": [item.text for item in one.items]}
+        {"name": one.name, "items": [item.text for item in one.items] or None}

# %% wrong: the items as dictionaries
# says: should stay a list of texts
# change: solution
-        {"name": one.name, "items": [item.text for item in one.items]}
+        {"name": one.name, "items": [{"text": item.text} for item in one.items]}

# %% wrong: another list's name
# says: The names on the page
# change: solution
-        {"name": one.name, "items": [item.text for item in one.items]}
+        {"name": one.name.upper(), "items": [item.text for item in one.items]}

# %% wrong: it commits
# says: ended the transaction of the session that it was given
# change: solution
-    return [
+    page = [
...
     ]
+    await session.commit()
+    return page

# %% wrong: a column in the loader
# says: A loader begins at the class that is selected
# outcome: error
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
+    lists = select(ShoppingList).options(selectinload(Item.list_id))

# %% wrong: the attribute without a loader
# says: takes a loader, which has the attribute in its parentheses
# outcome: error
# change: solution
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
+    lists = select(ShoppingList).options(ShoppingList.items)

# %% right: the relationship always loads its items
# change: solution
-    items: Mapped[list["Item"]] = relationship(order_by="Item.id")
+    items: Mapped[list["Item"]] = relationship(order_by="Item.id", lazy="selectin")
...
-    lists = select(ShoppingList).options(selectinload(ShoppingList.items))
+    lists = select(ShoppingList)
