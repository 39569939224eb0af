# story: `Column("name", Integer, nullable=False, server_default="…")` is a column with a default of the database, and `op.drop_column("parcels", "name")` removes one.

# %% right: in batches
def upgrade(op: Operations) -> None:
    with op.batch_alter_table("parcels") as table:
        table.add_column(Column("priority", Integer(), server_default=text("2"), nullable=False))

def downgrade(op: Operations) -> None:
    with op.batch_alter_table("parcels") as table:
        table.drop_column("priority")

# %% right: SQL
def upgrade(op: Operations) -> None:
    op.execute("ALTER TABLE parcels ADD COLUMN priority INTEGER NOT NULL DEFAULT 2")

def downgrade(op: Operations) -> None:
    op.execute("ALTER TABLE parcels DROP COLUMN priority")

# %% wrong: no default
# says: give the column a `server_default`
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False))

def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% wrong: it may be empty
# says: These rows have no priority
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, nullable=True))

# %% wrong: the default of the program
# says: a `default=` is known only to the program
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, default=2))

# %% wrong: filled once, then not null
# breaks: The old version runs for ten more minutes and adds parcels
# says: It doesn't know the `priority`
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=True))
    op.execute("UPDATE parcels SET priority = 2")
    with op.batch_alter_table("parcels") as table:
        table.alter_column("priority", nullable=False)

def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% wrong: filled once, and may be empty
# says: the priority of a parcel that the old version adds
# change: filled once, then not null
-    with op.batch_alter_table("parcels") as table:
-        table.alter_column("priority", nullable=False)

# %% wrong: a default, and NULL gets in
# breaks: that is never empty
# says: `nullable=False`
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, server_default="2"))

# %% wrong: text
# breaks: a whole number
# says: The column holds text
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", String, nullable=False, server_default="2"))

# %% wrong: another number
# breaks: Rows that are there get 2.
# says: the rows that were there
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="1"))

# %% wrong: no way back
# breaks: Write both directions.
# says: the column is still there
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="2"))

def downgrade(op: Operations) -> None:
    pass

# %% wrong: the way back drops the table
# says: parcels
# outcome: failed
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="2"))

def downgrade(op: Operations) -> None:
    op.drop_table("parcels")
    op.execute("CREATE TABLE parcels (id INTEGER PRIMARY KEY, street VARCHAR NOT NULL)")

# %% wrong: another name
# says: no column `priority`
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("prio", Integer, nullable=False, server_default="2"))

# %% wrong: a number as the default of the database
# says: which the database reads as SQL
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default=2))


def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% right: empty at first
from sqlalchemy import SmallInteger
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", SmallInteger(), server_default="2", nullable=True))
    op.execute("UPDATE parcels SET priority = 2 WHERE priority IS NULL")
    with op.batch_alter_table("parcels") as table:
        table.alter_column("priority", nullable=False, existing_server_default="2")

def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% wrong: two for those that were there, another number for the new ones
# breaks: and these get 2 as well
# says: the priority of a parcel that the old version adds
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="0"))
    op.execute("UPDATE parcels SET priority = 2")

def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% wrong: the street may be empty, too
# says: a `street` may be empty
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="2"))
    with op.batch_alter_table("parcels") as table:
        table.alter_column("street", nullable=True)

def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% wrong: the table goes
# says: the table `parcels` is gone
# change: no way back
-    pass
+    op.drop_table("parcels")

# %% wrong: the way back takes the street
# says: the column is still there
# change: no way back
-    pass
+    op.drop_column("parcels", "street")

# %% wrong: both columns go
# says: no column `street`
# change: no way back
-    pass
+    op.drop_column("parcels", "street")
+    op.drop_column("parcels", "priority")

# %% wrong: a column that nobody can write
# says: the new version adds a parcel with priority 1, and the database says
def upgrade(op: Operations) -> None:
    op.execute("ALTER TABLE parcels ADD COLUMN priority INTEGER GENERATED ALWAYS AS (2) VIRTUAL")

def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")

# %% wrong: another table
# says: no such table: parcel
# never: have no value
def upgrade(op: Operations) -> None:
    op.add_column("parcel", Column("priority", Integer, nullable=False, server_default="2"))

def downgrade(op: Operations) -> None:
    op.drop_column("parcel", "priority")
