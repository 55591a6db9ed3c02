"""Tasks as containers that behave as on Fargate: one network for all of a task's, its limits, its user, its files.

What Fargate has and an engine has not: one limit for a whole task. Here each container may use all of it.
"""

import ministack_engine as engine
from ministack.core import container_reaper
from ministack.core.concurrency import resource_lock
from ministack.core.responses import get_region
from ministack.services import ec2, ecs, servicediscovery
from ministack_metadata import MetadataEndpoint, tell_address
from workaround import works_around

_PERIOD = 100_000  # microseconds, over which the engine counts CPU time


@works_around("ministack ignores a task's limits, user, entry point and read-only root, gives each of its containers a "
              "network of its own without names, and asks a registry for images that are there")
def start_tasks_as_fargate_does():
    ecs._start_task_worker = _start
    ecs._deployment_needs_first_task = lambda *_: False


@works_around("a service's first deployment is complete before any of its tasks runs")
def begin_with_a_deployment():
    make = ecs._make_deployment

    def make_deployment(*arguments, **more):
        return make(*arguments, **more) | {"rolloutState": "IN_PROGRESS", "rolloutStateReason": "",
                                           "launchType": "FARGATE"}

    ecs._make_deployment = make_deployment


def _start(task, definition, overrides, client):
    arn, containers = task["taskArn"], definition["containerDefinitions"]
    if not (ecs._mark_task_pending(arn, task) and ecs._mark_task_activating(arn, task)):
        return
    for one in containers:
        _provide_image(client, one)
    vpc = ec2._subnets[task["_subnet"]]["VpcId"]
    network = engine.network(vpc, get_region(), MetadataEndpoint)
    first = None
    for index, one in sorted(enumerate(containers), key=lambda pair: rank(pair[1], containers)):
        override = ecs._container_override_for(overrides, one["name"])
        token, told = _register(task, definition, one, network)
        settings = _settings(task, definition, one, override) | {"environment": _environment(one, override) | told}
        if first is None:
            name = {"aliases": _discovery_names(task)}
            settings |= {"network": network.name,
                         "networking_config": {network.name: client.api.create_endpoint_config(**name)}}
        else:
            settings |= {"network_mode": f"container:{first.id}"}
        made = client.containers.create(one["image"], **settings)
        first = first or made
        made.start()
        if engine.is_ending() or not ecs._attach_started_container(task, made, index, token, network.name):
            return ecs._cleanup_task_resources(task, client, made)
        tell_address(task["_metadata_tokens"], ecs._task_ip(task), network.gateway)
        ecs._start_awslogs_forwarder(made, one, arn.rsplit("/", 1)[-1])
    if not ecs._mark_task_running(arn, task):
        ecs._cleanup_task_resources(task, client)


def rank(container, all):
    """0 for a container that waits for no other one, 1 for one that waits for such, and so on: the order of starting,
    and backwards the order of stopping (ContainerDependency, Amazon ECS API)."""
    named = {one["name"]: one for one in all}
    awaited = [one["containerName"] for one in container.get("dependsOn") or []]
    return 1 + max(rank(named[name], all) for name in awaited) if awaited else 0


def _provide_image(client, container):
    """One that the engine has is used as it is; no registry is asked for a newer one."""
    from docker.errors import APIError, ImageNotFound

    image = container["image"]
    try:
        return client.images.get(image)
    except ImageNotFound:
        pass
    try:
        repository, _, digest = image.partition("@")
        options = {"auth_config": ecs._resolve_repository_credentials(container)}
        client.images.pull(repository, **({"tag": digest} if digest else {}), **options)
    except (APIError, OSError) as problem:
        words = getattr(problem, "explanation", None) or problem
        raise ecs._ImagePullError(f"pull image manifest has been retried 7 time(s): {image}: {words}") from problem


def _register(task, definition, container, network):
    """The container's token at the metadata endpoint, and the variables that Fargate sets."""
    address = ecs._task_ip(task)
    token = ecs._register_metadata(
        task["taskArn"], task["clusterArn"], definition, container, task["launchType"], {}, False, None)
    with resource_lock("ecs-task", task["taskArn"]):
        task.setdefault("_metadata_tokens", []).append(token)
    if address:
        tell_address([token], address, network.gateway)
    return token, {
        "ECS_CONTAINER_METADATA_URI_V4": f"{network.beside.origin}/v4/{token}",
        "AWS_REGION": get_region(), "AWS_DEFAULT_REGION": get_region(), "AWS_EXECUTION_ENV": "AWS_ECS_FARGATE",
    }


def _environment(container, override):
    plain = {one["name"]: one["value"] for one in container.get("environment") or []}
    more = {one["name"]: one["value"] for one in override.get("environment") or []}
    return plain | ecs._resolve_container_secrets(container) | more


def _settings(task, definition, container, override):
    """A container of a task for `docker create`, but for its network and its variables."""
    id = task["taskArn"].rsplit("/", 1)[-1]
    cpu = container.get("cpu") or int(definition.get("cpu") or 0)
    memory = container.get("memory") or int(definition.get("memory") or 0)
    capabilities = (container.get("linuxParameters") or {}).get("capabilities") or {}
    settings = {
        "name": f"slipway-{engine.RUN}-{id[:12]}-{container['name']}",
        "labels": container_reaper.own_labels("ecs") | {
            engine.LABEL: engine.RUN, "slipway.region": get_region(),
            "com.amazonaws.ecs.cluster": task["clusterArn"],
            "com.amazonaws.ecs.container-name": container["name"],
            "com.amazonaws.ecs.task-arn": task["taskArn"],
            "com.amazonaws.ecs.task-definition-family": definition["family"],
            "com.amazonaws.ecs.task-definition-version": str(definition["revision"]),
        },
        "command": override.get("command") or container.get("command"),
        "entrypoint": container.get("entryPoint"),
        "user": container.get("user"),
        "working_dir": container.get("workingDirectory"),
        "read_only": bool(container.get("readonlyRootFilesystem")),
        # Fargate keeps the engine's usual capabilities; a definition may drop some.
        "cap_drop": capabilities.get("drop"), "cap_add": capabilities.get("add"),
        "cpu_period": _PERIOD, "cpu_quota": cpu * _PERIOD // 1024,
        "mem_limit": memory << 20, "memswap_limit": memory << 20,
    }
    return {key: value for key, value in settings.items() if value not in (None, "", 0)}


def _discovery_names(task):
    """What Cloud Map calls the task's service: each of its names stands for the addresses of all tasks."""
    cluster = ecs._cluster_name_from_arn(task["clusterArn"])
    service = ecs._services.get(f"{cluster}/{task['group'].removeprefix('service:')}") or {}
    names = []
    for registry in service.get("serviceRegistries") or []:
        found = servicediscovery._services.get(registry["registryArn"].rsplit("/", 1)[-1])
        if found:
            space = servicediscovery._namespaces[found["NamespaceId"]]["Name"]
            names.append(f"{found['Name']}.{space}")
    return names
