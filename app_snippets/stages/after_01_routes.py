"""The API after lesson 01, Routes. Built from lessons/01_routes/3_two_more.md by `course build`."""

from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Response

tasks: dict[int, dict[str, Any]] = {}


def start_over() -> None:
    """Forget all tasks and bring back the three that everybody knows."""
    tasks.clear()
    tasks[1] = {"id": 1, "title": "Buy milk", "done": False}
    tasks[2] = {"id": 2, "title": "Call the dentist", "done": True}
    tasks[3] = {"id": 3, "title": "Water the plants", "done": False}


def find_task(task_id: int) -> dict[str, Any]:
    """Give the task with this id, or answer 404."""
    if task_id not in tasks:
        raise HTTPException(status_code=404, detail=f"There is no task {task_id}.")
    return tasks[task_id]


router = APIRouter()


@router.get("/tasks")
def list_tasks(done: bool | None = None, limit: int = 20) -> list[dict[str, Any]]:
    """Read the tasks: all of them, or only those that are done, or only those that are open."""
    found = [task for task in tasks.values() if done is None or task["done"] == done]
    return found[:limit]


@router.post("/tasks", status_code=201)
def create_task(task: dict[str, Any], response: Response) -> dict[str, Any]:
    """Create a task and say where it lives."""
    task_id = max(tasks, default=0) + 1
    tasks[task_id] = {"id": task_id, "title": task.get("title"), "done": False}
    response.headers["Location"] = f"/tasks/{task_id}"
    return tasks[task_id]


@router.get("/tasks/{task_id}")
def read_task(task_id: int) -> dict[str, Any]:
    """Read one task."""
    return find_task(task_id)


@router.put("/tasks/{task_id}")
def replace_task(task_id: int, task: dict[str, Any]) -> dict[str, Any]:
    """Replace a task as a whole."""
    find_task(task_id)
    tasks[task_id] = {"id": task_id, "title": task.get("title"), "done": task.get("done", False)}
    return tasks[task_id]


@router.patch("/tasks/{task_id}")
def change_task(task_id: int, changes: dict[str, Any]) -> dict[str, Any]:
    """Change the parts of a task that were sent."""
    tasks[task_id] = {**find_task(task_id), **changes, "id": task_id}
    return tasks[task_id]


@router.delete("/tasks/{task_id}", status_code=204)
def delete_task(task_id: int) -> None:
    """Remove a task."""
    find_task(task_id)
    del tasks[task_id]


start_over()
app = FastAPI(title="Tasks")
app.include_router(router)
