# story: The phone team sends you eight things that the app must be able to do.
# story: Two are answered already.

# %% right: made from pairs, small letters for the methods, and an address for the name
design = dict([
    ("show all shopping lists", "get /lists"),
    ("show shopping list 4", "get /lists/4"),
    ("start a new shopping list", "post /lists"),
    ("give list 4 another name, and leave its items alone", "put /lists/4/name"),
    ("the phone was offline: replace list 4 as a whole with the phone's copy", "put /lists/4"),
    ("throw list 4 away", "delete /lists/4"),
    ("show the comments on task 7", "get /tasks/7/comments"),
    ("write a comment on task 7", "post /tasks/7/comments"),
])

# %% wrong: nothing but dots in one of them
# breaks: Answer the other six.
# says: no answer yet
# change: solution
-    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
+    "give list 4 another name, and leave its items alone": ...,

# %% wrong: actions in the paths
# says: There is an action in your path, `create`
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /create-list",
    "give list 4 another name, and leave its items alone": "PATCH /rename-list/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /replace-list/4",
    "throw list 4 away": "DELETE /delete-list/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: PUT for a change in part
# says: The request holds only a name, so the items are lost
# change: solution
-    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
+    "give list 4 another name, and leave its items alone": "PUT /lists/4",

# %% wrong: PATCH for both changes
# says: An item that was removed on the phone would come back
# change: solution
-    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
+    "the phone was offline: replace list 4 as a whole with the phone's copy": "PATCH /lists/4",

# %% wrong: the comments are put at the top without their task
# says: The comments belong to task 7
# change: solution
-    "show the comments on task 7": "GET /tasks/7/comments",
+    "show the comments on task 7": "GET /comments/7",

# %% wrong: GET and POST for everything
# says: A preview of the link would throw the list away
# change: solution
-    "throw list 4 away": "DELETE /lists/4",
+    "throw list 4 away": "GET /lists/4/delete",

# %% wrong: the same answer everywhere
# says: It is about one list
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists",
    "start a new shopping list": "GET /lists",
    "give list 4 another name, and leave its items alone": "GET /lists",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "GET /lists",
    "throw list 4 away": "GET /lists",
    "show the comments on task 7": "GET /lists",
    "write a comment on task 7": "GET /lists",
}

# %% wrong: only paths
# breaks: Each becomes a method and a path in one string
# says: the method is missing
# says: 8 of the 8 are not right yet
design = {
    "show all shopping lists": "/lists",
    "show shopping list 4": "/lists/4",
    "start a new shopping list": "/lists",
    "give list 4 another name, and leave its items alone": "/lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "/lists/4",
    "throw list 4 away": "/lists/4",
    "show the comments on task 7": "/tasks/7/comments",
    "write a comment on task 7": "/tasks/7/comments",
}

# %% wrong: another name for the collection
# breaks: The shopping lists live in the collection `lists`.
# says: The phone team calls the collection `lists`
# change: solution
-    "show all shopping lists": "GET /lists",
+    "show all shopping lists": "GET /shopping-lists",

# %% wrong: a capital letter
# says: `/Lists`
# says: In a path, case counts
# change: solution
-    "show all shopping lists": "GET /lists",
+    "show all shopping lists": "GET /Lists",

# %% wrong: an action with a capital letter
# says: `GET /getLists`
# says: There is an action in your path, `get`
# change: solution
-    "show all shopping lists": "GET /lists",
+    "show all shopping lists": "GET /getLists",

# %% wrong: a slash at the end
# says: The path ends with a slash
# change: solution
-    "start a new shopping list": "POST /lists",
+    "start a new shopping list": "POST /lists/",

# %% wrong: PATCH at an address for the name
# says: The changes go into the body
# change: solution
-    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
+    "give list 4 another name, and leave its items alone": "PATCH /lists/4/name",

# %% wrong: the comments are selected from all comments
# says: This selects from all the comments
# change: solution
-    "show the comments on task 7": "GET /tasks/7/comments",
+    "show the comments on task 7": "GET /comments?task=7",

# %% wrong: a new comment goes to all comments
# says: The comments belong to task 7
# change: solution
-    "write a comment on task 7": "POST /tasks/7/comments",
+    "write a comment on task 7": "POST /comments",

# %% wrong: singular nouns
# says: 3 of the 8 are not right yet
# says: `list` is singular
design = {
    "show all shopping lists": "GET /list",
    "show shopping list 4": "GET /list/4",
    "start a new shopping list": "POST /list",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: braces for the number
# breaks: with real numbers, as a request has them
# says: put the real number in place of the braces
# change: solution
-    "show shopping list 4": "GET /lists/4",
+    "show shopping list 4": "GET /lists/{list_id}",
...
-    "throw list 4 away": "DELETE /lists/4",
+    "throw list 4 away": "DELETE /lists/{list_id}",

# %% wrong: a method without a path
# says: the path is missing
# change: solution
-    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
+    "give list 4 another name, and leave its items alone": "PATCH",

# %% wrong: no space
# says: the space between method and path is missing
# change: solution
-    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
+    "give list 4 another name, and leave its items alone": "PATCH/lists/4",

# %% wrong: the path first
# says: the method comes first, then the path
# change: solution
-    "show all shopping lists": "GET /lists",
+    "show all shopping lists": "/lists GET",

# %% wrong: no slash at the beginning
# says: the slash at the beginning of the path is missing
# change: solution
-    "show all shopping lists": "GET /lists",
+    "show all shopping lists": "GET lists",

# %% wrong: two mistakes of two kinds
# says: 2 of the 8 are not right yet
# says: A preview of the link would throw the list away
# says: The comments belong to task 7
# change: solution
-    "throw list 4 away": "DELETE /lists/4",
+    "throw list 4 away": "GET /lists/4",
     "show the comments on task 7": "GET /tasks/7/comments",
-    "write a comment on task 7": "POST /tasks/7/comments",
+    "write a comment on task 7": "POST /comments",

# %% wrong: the new list gets its number from the phone
# says: the new list has none yet: the server gives it a number
# change: solution
-    "start a new shopping list": "POST /lists",
+    "start a new shopping list": "POST /lists/5",

# %% wrong: what is to be kept stands behind a question mark
# says: Up to the `?` the path is right
# says: The number in the path isn't the one in the question
# says: and it should end there
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/5",
    "start a new shopping list": "POST /lists?name=Party",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4?name=Food",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments/1",
}

# %% wrong: new
# says: Nothing is called `new`
# change: solution
-    "start a new shopping list": "POST /lists",
+    "start a new shopping list": "POST /lists/new",

# %% wrong: a whole address
# says: a path begins after the host
# never: the slash at the beginning of the path is missing
# change: solution
-    "show shopping list 4": "GET /lists/4",
+    "show shopping list 4": "GET http://localhost:8000/lists/4",

# %% wrong: a given answer was changed
# says: One is not right yet
# says: the collection is called `lists`
# change: solution
-    "show all shopping lists": "GET /lists",
+    "show all shopping lists": "GET /everything",

# %% wrong: a method that HTTP has not
# says: `REMOVE` isn't one of the five methods in the table
# change: solution
-    "throw list 4 away": "DELETE /lists/4",
+    "throw list 4 away": "REMOVE /lists/4",

# %% wrong: a question is missing
# says: is not in `design` any more
# change: solution
-    "throw list 4 away": "DELETE /lists/4",

# %% wrong: a list of answers
# says: `design` is not a dictionary any more
design = ["GET /lists", "GET /lists/4", "POST /lists"]
