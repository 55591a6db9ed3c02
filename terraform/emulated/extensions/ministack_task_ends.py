"""How a task ends: by itself, by hand, or because its service has no place for it.

As ECS does it: it is no target any more, what is under way may finish, then its containers get SIGTERM in the opposite
order of their start, and SIGKILL after their stopTimeout (Amazon ECS Developer Guide, "Task lifecycle").
"""

import concurrent.futures
import time

import ministack_engine as engine
import ministack_targets as targets
from ministack.core.concurrency import resource_lock, spawn_background
from ministack.core.responses import error_response_json, json_response, request_scope
from ministack.services import ecs, ecs_metadata
from ministack_containers import rank
from workaround import works_around

_STOP_TIMEOUT = 30  # seconds; Fargate's default
_PAUSE_AFTER_FAILURE = 1  # seconds; ECS makes longer and longer ones


@works_around("a stopped task's containers get 5 s whatever their stopTimeout, one after the other, while the caller "
              "waits and the balancer still sends them requests")
def stop_tasks_as_ecs_does():
    ecs._ACTION_MAP["StopTask"] = ecs._stop_task = _stop_task
    ecs._cleanup_task_resources = _remove_now
    ecs._watch_task_lifecycle = _watch
    ecs._maybe_mark_stopped = lambda *_: None


@works_around("a deleted service is INACTIVE while its tasks still leave")
def drain_deleted_services():
    delete = ecs._ACTION_MAP["DeleteService"]

    def delete_service(data):
        answer = delete(data)
        cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
        name, _ = ecs._resolve_service_ref(data.get("service", "")) or ("", None)
        service = ecs._services.get(f"{cluster}/{name}")
        if answer[0] < 300 and service and _leaving(service):
            service["status"] = "DRAINING"
        return answer

    ecs._ACTION_MAP["DeleteService"] = ecs._delete_service = delete_service


@works_around("a service starts a task that fails at once anew as fast as the machine can")
def pause_after_failures():
    record = ecs._record_service_task_failure

    def record_after_a_pause(task, *arguments, **more):
        time.sleep(_PAUSE_AFTER_FAILURE)
        if not engine.is_ending():
            record(task, *arguments, **more)

    ecs._record_service_task_failure = record_after_a_pause


def _leaving(service):
    return any(task["lastStatus"] != "STOPPED" for task in _tasks_of(service))


def _tasks_of(service):
    return [task for task in ecs._tasks.values() if task.get("group") == f"service:{service['serviceName']}"
            and task.get("clusterArn") == service["clusterArn"]]


def _service_of(task):
    """(cluster, key, service); the service is None for a task that belongs to none."""
    cluster = ecs._cluster_name_from_arn(task["clusterArn"])
    key = f"{cluster}/{task.get('group', '').removeprefix('service:')}"
    return cluster, key, ecs._services.get(key)


def _recount(task):
    cluster, _, _ = _service_of(task)
    ecs._recount_cluster(cluster)
    ecs._refresh_service_state(cluster, task.get("group", ""))


def _stop_task(data):
    task = ecs._resolve_task(data.get("task", ""), ecs._resolve_cluster_name(data.get("cluster", "default")))
    if not task:
        return error_response_json("InvalidParameterException", "The referenced task was not found.", 400)
    reason = data.get("reason", "Task stopped by user")
    end(task, reason, "ServiceSchedulerInitiated" if reason.startswith("Scaling activity") else "UserInitiated")
    return json_response({"task": ecs._sanitize(task)})


def end(task, reason, code):
    """Begins a task's end and returns at once; whether there was anything to end."""
    arn = task["taskArn"]
    with resource_lock("ecs-task", arn):
        if not ecs._task_is_active(arn, task):
            return False
        ecs._bump_task_version(task)
        task |= {"desiredStatus": "STOPPED", "lastStatus": "DEACTIVATING", "stoppingAt": ecs._iso(),
                 "stoppedReason": reason, "stopCode": code}
    ecs_metadata.set_task_status(arn, desired_status="STOPPED", known_status="DEACTIVATING")
    _recount(task)
    scope = ecs.get_account_id(), ecs.get_region()
    spawn_background(_take_down, task, *scope, thread_name=f"ecs-end-{arn[-8:]}")
    if _failed(task):
        spawn_background(_fail, task, *scope, thread_name=f"ecs-failure-{arn[-8:]}")
    return True


def _failed(task):
    return task["stopCode"] == "EssentialContainerExited" or task["stoppedReason"].startswith("Task failed")


def _fail(task, account, region):
    with request_scope(account, region):
        ecs._record_service_task_failure(task)


def _take_down(task, account, region):
    with request_scope(account, region):
        targets.wait_until_drained(ecs._task_ip(task))
        task["lastStatus"] = "STOPPING"
        _, key, service = _service_of(task)
        definition = ecs._task_defs.get(task["taskDefinitionArn"].rsplit("/", 1)[-1]) or {}
        containers = definition.get("containerDefinitions") or []
        ranks = {one["name"]: (rank(one, containers), one.get("stopTimeout") or _STOP_TIMEOUT) for one in containers}
        for number in sorted({first for first, _ in ranks.values()}, reverse=True):
            _stop_together(task, {name: last for name, (first, last) in ranks.items() if first == number})
        task["executionStoppedAt"] = ecs._iso()
        _remove_now(task, engine.client())
        _mark_stopped(task)
        _recount(task)
        if service and service["status"] == "DRAINING" and not _leaving(service):
            service["status"] = "INACTIVE"
        if service and service["status"] == "ACTIVE" and not (engine.is_ending() or _failed(task)):
            ecs._reconcile_service_tasks(key.split("/")[0], key)


def _mark_stopped(task):
    with resource_lock("ecs-task", task["taskArn"]):
        ecs._bump_task_version(task)
        task |= {"lastStatus": "STOPPED", "stoppedAt": ecs._iso()}
        for container in task["containers"]:
            container["lastStatus"] = "STOPPED"


def _stop_together(task, timeouts):
    """Stops the named containers of a task, each with its own seconds to leave."""
    with concurrent.futures.ThreadPoolExecutor(len(timeouts)) as pool:
        for id in list(task.get("_docker_ids") or []):
            container = _container(task, id)
            if container and container["name"] in timeouts:
                pool.submit(_stop, id, container, timeouts[container["name"]])


def _stop(id, container, seconds):
    from docker.errors import NotFound

    try:
        found = engine.client().containers.get(id)
        found.stop(timeout=seconds)
        found.reload()
        _note_exit(container, found.attrs["State"])
    except NotFound:
        pass  # somebody removed it by hand


def _container(task, id):
    return next((one for one in task["containers"] if one.get("runtimeId") == id[:12]), None)


def _note_exit(container, state):
    container |= {"lastStatus": "STOPPED", "exitCode": state["ExitCode"]}
    if state.get("OOMKilled"):
        container["reason"] = "OutOfMemoryError: Container killed due to memory usage"


def _remove_now(task, client, extra=None):
    """Takes away what a task that is over, or that never came up, has left."""
    with resource_lock("ecs-task", task["taskArn"]):
        ids, tokens = set(task.get("_docker_ids") or []), task.get("_metadata_tokens") or []
        task["_docker_ids"], task["_metadata_tokens"] = [], []
    for token in tokens:
        ecs_metadata.unregister_token(token)
    for id in ids | ({extra.id} if extra else set()):
        try:
            client.api.remove_container(id, v=True, force=True)
        except Exception as problem:
            if getattr(problem, "status_code", None) not in (404, 409):  # gone, or going
                print(f"container {id[:12]} was not removed: {problem}", flush=True)


def _watch(task, client, account, region):
    """Waits for the end of each container, and tells a service's deployment when the task has had a second."""
    for id in list(task["_docker_ids"]):
        spawn_background(_await_exit, task, id, account, region, thread_name=f"ecs-wait-{id[:8]}")
    cluster, key, service = _service_of(task)
    if service:
        ecs._schedule_service_deployment_completion(cluster, key, account, region, healthy_task=task)


def _await_exit(task, id, account, region):
    from docker.errors import NotFound

    try:
        engine.client().api.wait(id, timeout=None)
        state = engine.client().api.inspect_container(id)["State"]
    except NotFound:
        state = {"ExitCode": None}  # removed by hand, or by us
    with request_scope(account, region):
        if not ecs._task_is_active(task["taskArn"], task) or engine.is_ending():
            return
        container = _container(task, id)
        _note_exit(container, state)
        essential = task["_container_essentials"][task["containers"].index(container)]
        if essential or all(one["lastStatus"] == "STOPPED" for one in task["containers"]):
            end(task, "Essential container in task exited", "EssentialContainerExited")
