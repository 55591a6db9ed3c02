"""Target health as it is: each target is asked, and a service believes what is found.

Everything is as the target group says, but for time: a check every 0.3 s where AWS makes one every few seconds, and a
grace period of 15 s at most. States and reasons: TargetHealth, Elastic Load Balancing API.
"""

import asyncio
import time

import ministack_engine as engine
import ministack_targets as targets
from ministack.core.concurrency import spawn_background
from ministack.core.responses import get_account_id, request_scope
from ministack.services import alb, ecs
from ministack_task_ends import end
from workaround import works_around

_INTERVAL, _LONGEST_ANSWER, _LONGEST_GRACE = 0.3, 2.0, 15.0  # seconds


@works_around("every target is healthy, whatever it says or whether it is there")
def ask_targets():
    alb._ACTION_MAP["DescribeTargetHealth"] = _describe
    asyncio.run_coroutine_threadsafe(_look_after_all(), engine._loop)


@works_around("a deployment is complete, and a task healthy, before the balancer finds it so")
def believe_the_balancer():
    healthy = ecs._record_service_task_healthy

    def record_if_healthy(key, task):
        service = ecs._services.get(key)
        if service and all(_serves(task, one) for one in service["loadBalancers"]):
            healthy(key, task)

    ecs._record_service_task_healthy = record_if_healthy


def _serves(task, balancer):
    """Whether a task is a healthy target; a group that no balancer uses has none."""
    account, group = get_account_id(), balancer.get("targetGroupArn", "")
    if not targets.record(account, group).get("LoadBalancerArns"):
        return True
    one = targets.known.get((account, group, ecs._task_ip(task), balancer.get("containerPort", 80)))
    return one is not None and one.state == "healthy"


async def _look_after_all():
    """Begins to check what was registered; each target ends its own checks."""
    running = set()
    while True:
        for account, group in list(alb._targets._data):
            for where in targets.registered(account, group):
                key = (account, group, *where)
                if key not in targets.known:
                    targets.known[key] = targets.Target(*where, since=time.monotonic())
                    check = asyncio.ensure_future(_look_after(key))
                    running.add(check)
                    check.add_done_callback(running.discard)
        await asyncio.sleep(0.1)


async def _look_after(key):
    account, group, address, port = key
    target = targets.known[key]
    while (address, port) in targets.registered(account, group):
        record = targets.record(account, group)
        if record.get("LoadBalancerArns"):
            _note(key, target, record, await _check(target, record))
        else:
            target.become("unused", "Target.NotInUse",
                          "Target group is not configured to receive traffic from the load balancer")
        await asyncio.sleep(_INTERVAL)
    target.become("draining", "Target.DeregistrationInProgress", "Target deregistration is in progress")
    began = time.monotonic()
    while not targets.is_drained(address) and time.monotonic() - began < targets.LONGEST_DRAIN:
        await asyncio.sleep(0.1)
    targets.known.pop(key, None)


async def _check(target, group):
    """None when the target is well; else the reason and its description."""
    port = target.port if group["HealthCheckPort"] == "traffic-port" else int(group["HealthCheckPort"])
    try:
        status = await asyncio.wait_for(
            _ask(target.address, port, group["HealthCheckPath"]),
            min(_LONGEST_ANSWER, group["HealthCheckTimeoutSeconds"]))
    except (TimeoutError, asyncio.TimeoutError):
        return "Target.Timeout", "Request timed out"
    except (OSError, ValueError, IndexError):
        return "Target.FailedHealthChecks", "Health checks failed"
    if _matches(status, group["Matcher"]["HttpCode"]):
        return None
    return "Target.ResponseCodeMismatch", f"Health checks failed with these codes: [{status}]"


async def _ask(address, port, path):
    reader, writer = await asyncio.open_connection(address, port)
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {address}:{port}\r\nConnection: close\r\n"
                     "User-Agent: ELB-HealthChecker/2.0\r\n\r\n".encode())
        return int((await reader.readline()).split(b" ")[1])
    finally:
        writer.close()


def _matches(status, wanted):
    """`wanted` is 200, or 200,202, or 200-299."""
    for part in str(wanted).split(","):
        least, _, most = part.partition("-")
        if int(least) <= status <= int(most or least):
            return True
    return False


def _note(key, target, group, problem):
    account, arn, *_ = key
    if problem is None:
        target.passed, target.failed, target.left_out = target.passed + 1, 0, False
        # One check is enough for a target that was just registered.
        if target.state == "initial" or target.passed >= group["HealthyThresholdCount"]:
            if target.become("healthy"):
                _tell(account, arn, target)
        return
    target.passed, target.failed = 0, target.failed + 1
    if target.state in ("healthy", "initial", "unused") and target.failed < group["UnhealthyThresholdCount"]:
        if target.state != "healthy":
            target.become("initial", "Elb.InitialHealthChecking", "Initial health checks in progress")
        return
    target.become("unhealthy", *problem)
    _tell(account, arn, target)


def _tell(account, group, target):
    spawn_background(_act, account, group, target, target.state, thread_name=f"target-{target.address}")


def _act(account, group, target, state):
    """A service goes on with its deployment when a task is healthy, and takes one away that is not."""
    region = group.split(":")[3]
    with request_scope(account, region):
        task = next((one for one in ecs._tasks.values() if one["lastStatus"] == "RUNNING"
                     and ecs._task_ip(one) == target.address and one.get("group", "").startswith("service:")), None)
        if task is None:
            return
        cluster = ecs._cluster_name_from_arn(task["clusterArn"])
        key = f"{cluster}/{task['group'].removeprefix('service:')}"
        if state == "healthy":
            ecs._schedule_service_deployment_completion(cluster, key, account, region, healthy_task=task)
        elif time.monotonic() - target.since > min(_LONGEST_GRACE, ecs._services[key]["healthCheckGracePeriodSeconds"]):
            end(task, f"Task failed ELB health checks in (target-group {group})", "ServiceSchedulerInitiated")


def _describe(params):
    account, group = get_account_id(), alb._p(params, "TargetGroupArn")
    if group not in alb._tgs:
        return alb._error("TargetGroupNotFound", f"Target group '{group}' not found.")
    asked = {one["Id"] for one in alb._parse_targets_param(params)}
    found = [one for (owner, arn, *_), one in list(targets.known.items()) if (owner, arn) == (account, group)]
    found += [targets.Target(*where, since=0) for where in targets.registered(account, group)
              if (account, group, *where) not in targets.known]
    return alb._xml(200, "DescribeTargetHealth", "<TargetHealthDescriptions>" + "".join(
        _xml(one) for one in found if not asked or one.address in asked) + "</TargetHealthDescriptions>")


def _xml(one):
    why = f"<Reason>{one.reason}</Reason><Description>{one.description}</Description>" if one.reason else ""
    return (f"<member><Target><Id>{one.address}</Id><Port>{one.port}</Port></Target>"
            f"<HealthCheckPort>{one.port}</HealthCheckPort>"
            f"<TargetHealth><State>{one.state}</State>{why}</TargetHealth></member>")
