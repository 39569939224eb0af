# %% right: joined from a list
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return "_".join([*(str(tag) for tag in route.tags[:1]), route.name])

# %% right: an expression, and a loop
# change: stub
-def radio_id(route: APIRoute) -> str:
+def radio_id(route):
+    for tag in route.tags:
+        return tag + "_" + route.name

# %% wrong: routes without tags were forgotten
# says: list index out of range
# outcome: error
# change: solution
-    if not route.tags:
-        return route.name

# %% wrong: all tags
# says: `trains_travel_find_late`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return "_".join([*route.tags, route.name])

# %% wrong: a hyphen, as much on the web has it
# says: should have `songs_list_all`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return f"{route.tags[0]}-{route.name}" if route.tags else route.name

# %% wrong: the path is in the name
# says: changes when the path does
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    method = min(route.methods).lower()
+    return f"{route.name}{route.path_format.replace('/', '_')}_{method}"

# %% wrong: a table of the routes that are there
# says: should have `trains_find_late`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    if route.name == "list_all":
+        return f"{route.tags[0]}_list_all"
+    return "get_radio_health"

# %% wrong: a word for no tag
# says: should have `get_radio_health`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    return f"{route.tags[0] if route.tags else 'default'}_{route.name}"

# %% wrong: the name of the function, not of the route
# says: should have `trains_remove_one`
# change: stub
 def radio_id(route: APIRoute) -> str:
-    return route.name
+    name = route.endpoint.__name__
+    return f"{route.tags[0]}_{name}" if route.tags else name
