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
# says: no answer yet
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": ...,
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

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
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PUT /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: PATCH for both changes
# says: An item that was removed on the phone would come back
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PATCH /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: the comments are put at the top without their task
# says: The comments belong to task 7
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /comments/7",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: GET and POST for everything
# says: A preview of the link would throw the list away
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "GET /lists/4/delete",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

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
# says: The phone team calls the collection `lists`
design = {
    "show all shopping lists": "GET /shopping-lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: a capital letter
# says: `/Lists`
# says: In a path, case counts
design = {
    "show all shopping lists": "GET /Lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: an action with a capital letter
# says: `GET /getLists`
# says: There is an action in your path, `get`
design = {
    "show all shopping lists": "GET /getLists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: a slash at the end
# says: The path ends with a slash
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists/",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: PATCH at an address for the name
# says: What is to change goes into the body
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4/name",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: the comments are selected from all comments
# says: This selects from all comments there are
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /comments?task=7",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: a new comment goes to all comments
# says: The comments belong to task 7
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /comments",
}

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
# says: put the real number in place of the braces
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/{list_id}",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/{list_id}",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: a method without a path
# says: the path is missing
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: no space
# says: the space between method and path is missing
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH/lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: the path first
# says: the method comes first, then the path
design = {
    "show all shopping lists": "/lists GET",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: no slash at the beginning
# says: the slash at the beginning of the path is missing
design = {
    "show all shopping lists": "GET lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: two mistakes of two kinds
# says: 2 of the 8 are not right yet
# says: A preview of the link would throw the list away
# says: The comments belong to task 7
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "GET /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /comments",
}

# %% wrong: the new list gets its number from the phone
# says: the new list has none yet: the server gives it a number
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists/5",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}

# %% wrong: what is to be kept stands behind a question mark
# says: Up to the `?` the path is right
# says: The number in the path is another one
# says: and there it ends
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
design = {
    "show all shopping lists": "GET /lists",
    "show shopping list 4": "GET /lists/4",
    "start a new shopping list": "POST /lists/new",
    "give list 4 another name, and leave its items alone": "PATCH /lists/4",
    "the phone was offline: replace list 4 as a whole with the phone's copy": "PUT /lists/4",
    "throw list 4 away": "DELETE /lists/4",
    "show the comments on task 7": "GET /tasks/7/comments",
    "write a comment on task 7": "POST /tasks/7/comments",
}
