"""Everything that stands in the emulated account, over all regions: GET /_harness/inventory, one line for each thing.

Made from the emulator's own stores, so that nothing is forgotten that a new resource brings with it. Left out is what
a deletion rightly leaves behind: stopped tasks, inactive definitions, finished executions, history, and what every
account has from the start.
"""

import sys

from ministack.core.responses import AccountRegionScopedDict, AccountScopedDict

import ministack_autoscaling as autoscaling

_PREFIX = "ministack.services."
# Numbers, history, what only says more of a thing that has a line of its own.
_NO_THINGS = {
    "alb": {"lb_attrs", "tg_attrs", "listener_attrs", "oidc_pending"},
    "cloudformation": {"stack_events", "exports", "change_sets"},
    "cloudwatch": {"metrics", "alarm_history", "composite_triggers"},
    "cloudwatch_logs": {"queries", "log_records"},
    "ecs": {"task_def_latest", "account_settings", "attributes"},
    "eventbridge": {"events_log", "event_buses"},
    "iam": {"aws_managed_attachment_counts", "service_linked_role_deletion_tasks", "credential_reports"},
    "kms": {"alias_dates"},
    "route53": {"changes", "caller_refs", "hc_caller_refs"},
    "servicediscovery": {"operations", "service_attributes", "instance_health_status", "instances_revision"},
    "sns": {"sms_messages"},
    "sqs": {"queue_name_to_url"},
    "stepfunctions": {"executions", "task_tokens", "activity_tasks", "map_runs"},
}
_ALWAYS_THERE = {"elasticache"}  # its default parameter groups; nothing here uses the service
_NAMES = {"lbs": "load balancer", "tgs": "target group", "task_defs": "task definition"}


def inventory():
    found = set()
    for name, module in list(sys.modules.items()):
        if name.startswith(_PREFIX) and module is not None:
            service = name.removeprefix(_PREFIX).removesuffix("._state")
            for store, things in vars(module).items():
                if isinstance(things, (AccountScopedDict, AccountRegionScopedDict)) and _counts(service, store.strip("_")):
                    found |= set(_lines(service, store.strip("_"), things))
    for what, store in {"scalable target": autoscaling._targets, "scheduled action": autoscaling._actions,
                        "scaling policy": autoscaling._policies}.items():
        found |= {f"application-autoscaling {what} {region} {' '.join(rest)}" for region, *rest in list(store)}
    return sorted(found)


def _counts(service, store):
    return "tags" not in store and store not in _NO_THINGS.get(service, ())


def _lines(service, store, things):
    what = _NAMES.get(store, store.removesuffix("s").replace("_", " "))
    for (_, *region, key), thing in list(things._data.items()):
        if (service, store) == ("route53", "records"):
            yield from (f"route53 record - {key} {one['Name']} {one['Type']} {one.get('SetIdentifier') or ''}".strip()
                        for one in thing)
        elif _stands(service, store, key, thing):
            yield f"{service} {what} {region[0] if region else '-'} {key}"


def _stands(service, store, key, thing):
    """Whether something is there in the eyes of the account's owner."""
    if service == "ec2" and _is_default(key, thing) or service in _ALWAYS_THERE:
        return False
    if isinstance(thing, (list, dict)) and not thing:
        return False  # the place of things that are gone
    if not isinstance(thing, dict):
        return True
    gone = {
        ("ecs", "tasks"): lambda: thing["lastStatus"] == "STOPPED",
        ("ecs", "services"): lambda: thing["status"] == "INACTIVE",
        ("ecs", "clusters"): lambda: thing["status"] == "INACTIVE",
        ("ecs", "task_defs"): lambda: thing["status"] != "ACTIVE",
        # It can be restored for a while, as in AWS, and costs nothing.
        ("secretsmanager", "secrets"): lambda: thing.get("DeletedDate") is not None,
        ("kms", "keys"): lambda: thing.get("KeyState") == "PendingDeletion",
        ("cloudformation", "stacks"): lambda: thing["StackStatus"] == "DELETE_COMPLETE",
        ("ec2", "nat_gateways"): lambda: thing["State"] == "deleted",
        ("scheduler", "schedule_groups"): lambda: key == "default",
    }.get((service, store))
    return not (gone and gone())


def _is_default(key, thing):
    """What every region has from the start; ministack gives it one and the same number everywhere."""
    return str(key).endswith("-00000001") or isinstance(thing, dict) and thing.get("VpcId") == "vpc-00000001"
