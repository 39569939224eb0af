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
# says: one for the lists and one more for each list
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
# says: an attribute cannot await
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
# says: The page is to be quicker
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
# says: however many there are: no `limit`
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
