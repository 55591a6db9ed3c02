"""Deployments as ECS tells of them: whose a stopped task was, why it stopped, and an image that no registry has."""

import threading

import ministack_engine as engine
from ministack.services import ecs
from workaround import works_around


@works_around("a service's tasks are startedBy the service, where ECS names the deployment; and those that a smaller "
              "service has no place for stop for a reason of the emulator's own")
def name_the_deployment():
    run, stop = ecs._run_task, ecs._stop_task

    def run_task(data):
        deployment = data.get("_deploymentId")
        return run({**data, "startedBy": deployment} if deployment else data)

    def stop_task(data):
        task = ecs._tasks.get(data.get("task", ""), {})
        if data.get("reason") in ("Service scaling down", "Deployment completed", "Task definition updated"):
            data = {**data, "reason": f"Scaling activity initiated by (deployment {task.get('startedBy')})"}
        return stop(data)

    ecs._run_task, ecs._stop_task = run_task, stop_task


@works_around("without Docker every image runs, also one that nobody can pull: here one with `broken` in its name")
def fail_broken_images():
    if engine.RUN:
        return  # there an image that can't be pulled is none
    run = ecs._run_task

    def run_task(data):
        before = set(ecs._tasks)
        answer = run(data)
        definition = ecs._task_defs.get(ecs._resolve_td_key(data.get("taskDefinition", "")), {})
        broken = [one["image"] for one in definition.get("containerDefinitions", []) if "broken" in one["image"]]
        if broken:
            for arn in set(ecs._tasks) - before:
                ecs._tasks[arn] |= {"lastStatus": "PENDING", "_startup_stable": False}
                where = ecs.get_account_id(), ecs.get_region()
                threading.Timer(0.3, _fail, (arn, broken[0], *where)).start()
        return answer

    ecs._run_task = run_task


def _fail(arn, image, account, region):
    with ecs.request_scope(account, region):
        reason = f"CannotPullContainerError: pull image manifest has been retried 7 time(s): {image}: not found"
        ecs._mark_task_stopped(arn, ecs._tasks[arn], reason, "TaskFailedToStart")
