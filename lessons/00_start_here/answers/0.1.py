# %% right: async functions, and the routes in the other order
from fastapi import FastAPI as API

polite_app = API(title="Polite")


@polite_app.get("/bye")
async def bye():
    return dict(message="Goodbye")


@polite_app.get("/hello")
async def hello() -> dict[str, str]:
    return dict(message="Hello")

# %% wrong: a capital too few
# says: a program compares letter by letter
# change: solution
-# Write your API here. Call it polite_app.
...
-    return {"message": "Goodbye"}
+    return {"message": "goodbye"}

# %% wrong: the old route was forgotten
# says: forgotten the old promise
polite_app = FastAPI()


@polite_app.get("/bye")
def say_goodbye():
    return {"message": "Goodbye"}

# %% wrong: the function returns nothing
# says: does your function return what it makes
# change: solution
-# Write your API here. Call it polite_app.
...
-    return {"message": "Goodbye"}
+    {"message": "Goodbye"}

# %% wrong: a bare word
# says: return a dictionary
polite_app = FastAPI()


@polite_app.get("/hello")
def greet():
    return "Hello"


@polite_app.get("/bye")
def say_goodbye():
    return "Goodbye"

# %% wrong: POST in place of GET
# says: not for GET
# change: the old route was forgotten
-@polite_app.get("/bye")
+@polite_app.post("/bye")

# %% wrong: the only route was added to the first app
# says: has no route at all
# change: the old route was forgotten
-@polite_app.get("/bye")
+@app.get("/bye")

# %% wrong: the goodbye was added to the first app
# says: look at the name after the `@`
# change: solution
-# Write your API here. Call it polite_app.
...
-@polite_app.get("/bye")
+@app.get("/bye")

# %% wrong: the first app under another name
# says: the first app under another name
@app.get("/bye")
def say_goodbye():
    return {"message": "Goodbye"}


polite_app = app

# %% wrong: the @ was forgotten
# says: does it begin with `@`
polite_app = FastAPI()

polite_app.get("/bye")
def say_goodbye():
    return {"message": "Goodbye"}

# %% wrong: JSON written as a text
# says: a text that looks like JSON
# change: the old route was forgotten
-    return {"message": "Goodbye"}
+    return '{"message": "Goodbye"}'

# %% wrong: a string in place of an app
# says: needs a FastAPI application
polite_app = "Goodbye"

# %% wrong: a name with a typing mistake inside the function
# outcome: error
# says: NameError
# says: return mesage
# change: the old route was forgotten
-    return {"message": "Goodbye"}
+    return mesage
