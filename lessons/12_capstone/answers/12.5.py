# story: These are the four routes that need an owner, as they are today: everybody says in `owner_id` who they are, and everybody is believed.
# story: what you need of the service is imported at the top

# %% right: what may be acted on comes from dependencies
async def seen_by(offer_id: Id, user: ActiveUser, db: Db) -> Offer:
    offer = await find_offer(db, offer_id)
    if not (offer.public or offer.owner_id == user.id):
        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
    return offer

Seen = Annotated[Offer, Depends(seen_by)]

async def owned(offer: Seen, user: ActiveUser) -> Offer:
    if offer.owner_id != user.id:
        raise NotAllowed("Not yours.", "NOT_YOUR_OFFER")
    return offer

async def removable(offer: Seen, user: ActiveUser) -> Offer:
    return offer if user.role == "admin" else await owned(offer, user)

errors = INVALID | GUARDED | documented(404, "Nothing there.", OFFER_NOT_FOUND="There is no offer 7.")
offers_router = APIRouter(prefix="/offers", tags=["offers"], responses=errors)

@offers_router.get("/mine", response_model=list[OfferPublic])
async def get_mine(user: ActiveUser, db: Db):
    """Read all that is yours, drafts included."""
    return await list_own(db, user.id)

@offers_router.post("", status_code=201, response_model=OfferPublic)
async def post_offer(data: OfferCreate, user: ActiveUser, db: Db):
    """Offer something."""
    return await add_offer(db, user.id, data)

@offers_router.patch("/{offer_id}", response_model=OfferPublic)
async def patch_offer(offer: Annotated[Offer, Depends(owned)], changes: OfferUpdate, db: Db):
    """Change the parts of an offer that are sent."""
    return await change_offer(db, offer, changes)

@offers_router.delete("/{offer_id}", status_code=204)
async def delete_offer(offer: Annotated[Offer, Depends(removable)], db: Db) -> None:
    """Take an offer off the board."""
    await db.delete(offer)

def create_offers_app(settings: Settings) -> FastAPI:
    return with_resource(settings, OffersBase, offers_router, open_offers_router)

# %% wrong: the offer is looked up before anybody is asked who they are
# says: The offer was looked up before anybody knew who asks.
# change: solution
-    prefix="/offers", tags=["offers"], dependencies=guard, responses=INVALID | GUARDED
+    prefix="/offers", tags=["offers"], responses=INVALID | GUARDED
...
-ACTING = NO_OFFER | GUARDED | may_not
+ACTING = NO_OFFER | GUARDED | may_not
+
+async def found(offer_id: Id, db: Db) -> Offer:
+    return await find_offer(db, offer_id)
...
-@offers_router.patch("/{offer_id}", response_model=OfferPublic, responses=ACTING)
+@offers_router.patch("/{offer_id}", response_model=OfferPublic, responses=ACTING, dependencies=[Depends(found)])

# %% wrong: a closed account hears of numbers that nobody has
# says: Ben, whose account is closed
# change: solution
-    prefix="/offers", tags=["offers"], dependencies=guard, responses=INVALID | GUARDED
+    prefix="/offers", tags=["offers"], responses=INVALID | GUARDED
...
-async def delete_offer(offer_id: Id, user: ActiveUser, db: Db) -> None:
+async def delete_offer(offer_id: Id, user: CurrentUser, db: Db) -> None:
     """Take your offer off the board; for admins, any that is public."""
+    await find_offer(db, offer_id)
+    if not user.active:
+        raise NotAllowed("Your account is closed.", "ACCOUNT_INACTIVE")

# %% wrong: other words for an admin
# says: If the words differ from those about a number that nobody has
# change: solution
     if not offer.public:
+        if user.role == Role.admin:
+            raise NotFound("That is a draft.", "OFFER_NOT_FOUND")

# %% wrong: drafts of everybody are open to everybody with a token
# says: Ana has changed Carla's draft (S6).
# never: nothing asks yet who may
# change: solution
-    if not offer.public:
-        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
+    if not offer.public:
+        return offer

# %% wrong: drafts of everybody are deleted by everybody with a token
# says: Ana has deleted Carla's draft (S6).
# change: solution
-    if not offer.public:
-        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
+    if not offer.public and admin:
+        return offer
+    if not offer.public:
+        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")

# %% wrong: whoever has a token changes
# says: It changed: nothing asks yet who may change it (S5).
# change: solution
-    return await change_offer(db, await find_for(db, user, offer_id), changes)
+    return await change_offer(db, await find_offer(db, offer_id), changes)

# %% wrong: whoever has a token deletes
# says: It is gone: nothing asks yet who may delete it (S5).
# change: solution
-    await db.delete(await find_for(db, user, offer_id, admin=True))
+    await db.delete(await find_offer(db, offer_id))

# %% wrong: an admin deletes drafts
# says: The admin has deleted a draft that she cannot know of (S7).
# change: solution
-    if offer.owner_id == user.id or (admin and offer.public and user.role == Role.admin):
+    if offer.owner_id == user.id or (admin and user.role == Role.admin):

# %% wrong: an admin edits drafts
# says: The admin has changed a draft that she cannot know of (S7).
# never: She may delete it, but not change it
# change: solution
-    if offer.owner_id == user.id or (admin and offer.public and user.role == Role.admin):
+    if offer.owner_id == user.id or (admin == offer.public and user.role == Role.admin):

# %% wrong: an admin does not clean up
# says: The admin is refused (S7).
# change: solution
-    await db.delete(await find_for(db, user, offer_id, admin=True))
+    await db.delete(await find_for(db, user, offer_id))

# %% wrong: a closed account still writes
# breaks: Put the authentication of the service on them, as the spec says.
# says: Ben, whose account is closed
# says: get_current_active_user
# change: solution
-guard = [Depends(get_current_active_user)]
+guard = [Depends(get_current_user)]
...
-async def get_mine(user: ActiveUser, db: Db) -> Sequence[Offer]:
+async def get_mine(user: CurrentUser, db: Db) -> Sequence[Offer]:
...
-async def post_offer(data: OfferCreate, user: ActiveUser, db: Db) -> Offer:
+async def post_offer(data: OfferCreate, user: CurrentUser, db: Db) -> Offer:
...
-async def patch_offer(offer_id: Id, changes: OfferUpdate, user: ActiveUser, db: Db) -> Offer:
+async def patch_offer(offer_id: Id, changes: OfferUpdate, user: CurrentUser, db: Db) -> Offer:
...
-async def delete_offer(offer_id: Id, user: ActiveUser, db: Db) -> None:
+async def delete_offer(offer_id: Id, user: CurrentUser, db: Db) -> None:

# %% wrong: the owner is still chosen
# says: The offer belongs to Carla
# change: solution
-async def post_offer(data: OfferCreate, user: ActiveUser, db: Db) -> Offer:
+async def post_offer(data: OfferCreate, db: Db, owner_id: int = 1) -> Offer:
     """Offer something."""
-    return await add_offer(db, user.id, data)
+    return await add_offer(db, owner_id, data)

# %% wrong: a draft is forbidden
# says: 403 tells Ana that Carla has a draft
# change: solution
-    if not offer.public:
-        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")

# %% wrong: what is public is hidden
# says: 404 says that it is not there
# change: solution
-    raise NotAllowed("This offer is not yours.", "NOT_YOUR_OFFER")
+    raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")

# %% wrong: the board is closed
# breaks: The cells above stay as they are
# says: The board is closed to strangers
# change: solution
-    return with_resource(settings, OffersBase, offers_router, open_offers_router)
+    all_offers = APIRouter(dependencies=guard)
+    all_offers.include_router(offers_router)
+    all_offers.include_router(open_offers_router)
+    return with_resource(settings, OffersBase, all_offers)

# %% wrong: an admin edits
# says: She may delete it, but not change it
# change: solution
-    return await change_offer(db, await find_for(db, user, offer_id), changes)
+    return await change_offer(db, await find_for(db, user, offer_id, admin=True), changes)

# %% wrong: the open routes come first
# says: the router with the fixed path is included first
# change: solution
-    return with_resource(settings, OffersBase, offers_router, open_offers_router)
+    return with_resource(settings, OffersBase, open_offers_router, offers_router)

# %% wrong: only the writing routes have the guard
# says: /offers/mine
# change: solution
-    prefix="/offers", tags=["offers"], dependencies=guard, responses=INVALID | GUARDED
+    prefix="/offers", tags=["offers"], responses=INVALID | GUARDED
...
-async def get_mine(user: ActiveUser, db: Db) -> Sequence[Offer]:
+async def get_mine(db: Db, owner_id: int = 1) -> Sequence[Offer]:
     """Read all that is yours, drafts included."""
-    return await list_own(db, user.id)
+    return await list_own(db, owner_id)

# %% wrong: a code of one's own
# breaks: The new error code is `NOT_YOUR_OFFER`.
# says: NOT_YOUR_OFFER
# change: solution
-    raise NotAllowed("This offer is not yours.", "NOT_YOUR_OFFER")
+    raise NotAllowed("This offer is not yours.", "NOT_THE_OWNER")

# %% wrong: a sent owner is believed when it deletes
# says: was believed
# change: solution
-async def delete_offer(offer_id: Id, user: ActiveUser, db: Db) -> None:
+async def delete_offer(offer_id: Id, user: ActiveUser, db: Db, owner_id: int = 0) -> None:
     """Take your offer off the board; for admins, any that is public."""
-    await db.delete(await find_for(db, user, offer_id, admin=True))
+    offer = await find_offer(db, offer_id)
+    if offer.owner_id != owner_id:
+        offer = await find_for(db, user, offer_id, admin=True)
+    await db.delete(offer)

# %% wrong: other words for a draft of somebody else
# says: If the words differ
# change: solution
     if not offer.public:
-        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
+        raise NotFound("This draft is not yours.", "OFFER_NOT_FOUND")

# %% wrong: an admin does not reach her own draft
# says: Carla, an admin, has a draft of her own
# change: solution
+    if user.role == Role.admin and not offer.public:
+        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
     if offer.owner_id == user.id or (admin and offer.public and user.role == Role.admin):

# %% wrong: an admin is told of a draft when she edits
# says: 403 tells the admin
# change: solution
-    if not offer.public:
+    if not offer.public and (admin or user.role != Role.admin):

# %% wrong: refusals that the document does not name
# says: its document does not say so
# change: solution
-ACTING = NO_OFFER | GUARDED | may_not
+ACTING = GUARDED | may_not

# %% wrong: an admin's own list shows everything
# says: Carla is an admin, and `mine` is hers only
# change: solution
-    return await list_own(db, user.id)
+    if user.role == Role.admin:
+        return (await db.scalars(select(Offer).order_by(Offer.id).limit(100))).all()
+    return await list_own(db, user.id)

# %% wrong: an admin may choose the owner
# says: not even for an admin
# change: solution
-async def post_offer(data: OfferCreate, user: ActiveUser, db: Db) -> Offer:
+async def post_offer(data: OfferCreate, user: ActiveUser, db: Db, owner_id: int = 0) -> Offer:
     """Offer something."""
-    return await add_offer(db, user.id, data)
+    chosen = owner_id if user.role == Role.admin else 0
+    return await add_offer(db, chosen or user.id, data)

# %% wrong: an admin makes a draft of what is public
# says: What an admin deletes is gone, for its owner too
# change: solution
-    await db.delete(await find_for(db, user, offer_id, admin=True))
+    offer = await find_for(db, user, offer_id, admin=True)
+    if offer.owner_id == user.id:
+        await db.delete(offer)
+    else:
+        offer.public = False

# %% wrong: what is public stays public
# says: Ana has taken it back
# change: solution
-    return await change_offer(db, await find_for(db, user, offer_id), changes)
+    offer = await find_for(db, user, offer_id)
+    was_public = offer.public
+    await change_offer(db, offer, changes)
+    offer.public = was_public or offer.public
+    return offer

# %% right: one statement finds what the user may see, and `match` decides
# change: solution
-    offer = await find_offer(db, offer_id)
-    if offer.owner_id == user.id or (admin and offer.public and user.role == Role.admin):
-        return offer
-    if not offer.public:
-        raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
-    raise NotAllowed("This offer is not yours.", "NOT_YOUR_OFFER")
+    seen = Offer.public | (Offer.owner_id == user.id)
+    match await db.scalar(select(Offer).where(Offer.id == offer_id, seen)):
+        case None:
+            raise NotFound(f"There is no offer {offer_id}.", "OFFER_NOT_FOUND")
+        case offer if offer.owner_id == user.id or (admin and user.role == "admin"):
+            return offer
+    raise NotAllowed("This is somebody else's.", "NOT_YOUR_OFFER")
