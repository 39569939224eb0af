# story: The API greets, and then it has nothing more to say. A phone that leaves wants to hear a goodbye.
# story: Write your API here. Call it polite_app.

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
# breaks: `GET /bye` with `{"message": "Goodbye"}`
# says: a program compares letter by letter
# change: solution
-# Write your API here. Call it polite_app.
...
-    return {"message": "Goodbye"}
+    return {"message": "goodbye"}

# %% wrong: the old route was forgotten
# breaks: It answers `GET /hello` with `{"message": "Hello"}` as before
# says: forgotten the old promise
polite_app = FastAPI()


@polite_app.get("/bye")
def say_goodbye():
    return {"message": "Goodbye"}

# %% wrong: the function returns nothing
# says: `say_goodbye` never returns a value
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
# breaks: Build a new API and call it `polite_app`.
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

# %% right: the routes of a router, and a JSONResponse
from fastapi import APIRouter
from fastapi.responses import JSONResponse

farewells = APIRouter()


@farewells.get("/bye")
def bye():
    return JSONResponse({"message": "Goodbye"})


polite_app = FastAPI()
polite_app.include_router(farewells)
polite_app.add_api_route("/hello", lambda: {"message": "Hello"})

# %% wrong: any address says goodbye
# says: Nobody asked for a route with this address
# change: solution
-@polite_app.get("/bye")
-def say_goodbye():
+@polite_app.get("/{word}")
+def say_goodbye(word: str):

# %% wrong: both addresses say Hello
# says: Both addresses say Hello
# change: solution
-    return {"message": "Goodbye"}
+    return {"message": "Hello"}

# %% wrong: a comma for the colon
# says: With a comma, `{...}` is a set
# change: solution
-    return {"message": "Goodbye"}
+    return {"message", "Goodbye"}

# %% wrong: Goodbye, with a 404
# says: `GET /bye` answered 404
# never: has no route with this path
# change: solution
-@polite_app.get("/bye")
+@polite_app.get("/bye", status_code=404)

# %% wrong: another Hello the second time
# says: expect the same answer each time
polite_app = FastAPI()
guests = []


@polite_app.get("/hello")
def say_hello_again():
    guests.append("a phone")
    return {"message": "Hello" if len(guests) == 1 else "Hello again"}


@polite_app.get("/bye")
def say_goodbye():
    return {"message": "Goodbye"}

# %% wrong: the class without its parentheses
# outcome: error
# says: `polite_app` is the class `FastAPI` itself. With parentheses
# change: the old route was forgotten
-polite_app = FastAPI()
+polite_app = FastAPI

# %% wrong: a decorator without a path
# outcome: error
# says: missing 1 required positional argument
# never: With parentheses
# change: the old route was forgotten
-@polite_app.get("/bye")
+@polite_app.get()
