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
# says: They have no priority
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, nullable=True))

# %% wrong: the default of the program
# says: They have no priority
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, default=2))

# %% wrong: filled once, then not null
# says: It knows no `priority`
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
# says: `nullable=False`
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, server_default="2"))

# %% wrong: text
# says: The column holds text
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", String, nullable=False, server_default="2"))

# %% wrong: another number
# says: the rows that were there
# change: no default
-    op.add_column("parcels", Column("priority", Integer, nullable=False))
+    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default="1"))

# %% wrong: no way back
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
# says: The database reads it as SQL
def upgrade(op: Operations) -> None:
    op.add_column("parcels", Column("priority", Integer, nullable=False, server_default=2))


def downgrade(op: Operations) -> None:
    op.drop_column("parcels", "priority")
