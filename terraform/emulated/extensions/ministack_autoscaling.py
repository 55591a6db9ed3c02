"""Application Auto Scaling for ECS services: what is asked of it here, and its effect on the number of tasks."""

import json
import time
import uuid

from ministack import app
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response
from ministack.services import ecs
from workaround import works_around

_targets, _actions, _policies, _tags = {}, {}, {}, {}


@works_around("Application Auto Scaling does not exist")
def serve_application_autoscaling():
    detect = app.detect_service

    def detect_service(method, path, headers, query_params):
        if headers.get("x-amz-target", "").startswith("AnyScaleFrontendService."):
            return "application-autoscaling"
        return detect(method, path, headers, query_params)

    app.detect_service = detect_service
    app.SERVICE_HANDLERS["application-autoscaling"] = _handle


async def _handle(method, path, headers, body, query_params):
    action = headers["x-amz-target"].rsplit(".", 1)[-1]
    handler = _HANDLERS.get(action)
    if not handler:
        return error_response_json("InvalidAction", f"Unknown Application Auto Scaling action: {action}", 400)
    return handler(json.loads(body or b"{}"))


def _key(data, *more):
    return (get_region(), data["ServiceNamespace"], data["ResourceId"], data["ScalableDimension"], *more)


def _arn(kind):
    return f"arn:aws:application-autoscaling:{get_region()}:{get_account_id()}:{kind}"


def _missing(what, data):
    return error_response_json("ObjectNotFoundException", f"No {what} found for {data['ResourceId']}", 400)


def _register_target(data):
    target = _targets.setdefault(_key(data), {
        "ServiceNamespace": data["ServiceNamespace"], "ResourceId": data["ResourceId"],
        "ScalableDimension": data["ScalableDimension"], "CreationTime": time.time(),
        "ScalableTargetARN": _arn(f"scalable-target/{uuid.uuid4().hex[:16]}"),
        "RoleARN": f"arn:aws:iam::{get_account_id()}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
                   "AWSServiceRoleForApplicationAutoScaling_ECSService",
        "SuspendedState": {},
    })
    target |= {key: data[key] for key in ("MinCapacity", "MaxCapacity", "SuspendedState") if key in data}
    if data.get("Tags"):
        _tags[target["ScalableTargetARN"]] = dict(data["Tags"])
    _hold_count_within(target)
    return json_response({"ScalableTargetARN": target["ScalableTargetARN"]})


def _hold_count_within(target):
    """A count outside of the target's bounds is moved to the nearer bound, as the scaling service does at once."""
    _, cluster, name = target["ResourceId"].split("/")
    service = ecs._services.get(f"{cluster}/{name}")
    if service and service["status"] == "ACTIVE":
        count = min(max(service["desiredCount"], target["MinCapacity"]), target["MaxCapacity"])
        if count != service["desiredCount"]:
            ecs._update_service({"cluster": cluster, "service": name, "desiredCount": count})


def _deregister_target(data):
    target = _targets.pop(_key(data), None)
    if target is None:
        return _missing("scalable target", data)
    for store in (_actions, _policies):
        for key in [key for key in store if key[:4] == _key(data)]:
            del store[key]
    _tags.pop(target["ScalableTargetARN"], None)
    return json_response({})


def _described(store, data, ids_field=None, names_field=None, name_field=None):
    return [
        {field: value for field, value in one.items() if value is not None}
        for key, one in store.items()
        if key[0] == get_region() and key[1] == data["ServiceNamespace"]
        and (not data.get("ResourceId") or data["ResourceId"] == one["ResourceId"])
        and (not ids_field or not data.get(ids_field) or one["ResourceId"] in data[ids_field])
        and (not data.get("ScalableDimension") or data["ScalableDimension"] == one["ScalableDimension"])
        and (not names_field or not data.get(names_field) or one[name_field] in data[names_field])
    ]


def _put_action(data):
    target = _targets.get(_key(data))
    if target is None:
        return _missing("scalable target", data)
    old = _actions.get(_key(data, data["ScheduledActionName"]), {})
    _actions[_key(data, data["ScheduledActionName"])] = {
        "ScheduledActionARN": _arn(f"scheduledAction:{uuid.uuid4()}:resource/ecs/{data['ResourceId']}:"
                                   f"scheduledActionName/{data['ScheduledActionName']}"),
        "CreationTime": time.time(), **old, **data,
    }
    return json_response({})


def _put_policy(data):
    if _key(data) not in _targets:
        return _missing("scalable target", data)
    policy = _policies.setdefault(_key(data, data["PolicyName"]), {
        "PolicyARN": _arn(
            f"scalingPolicy:{uuid.uuid4()}:resource/ecs/{data['ResourceId']}:policyName/{data['PolicyName']}"
        ).replace(":application-autoscaling:", ":autoscaling:"),
        "CreationTime": time.time(), "Alarms": [],
    })
    policy |= data
    return json_response({"PolicyARN": policy["PolicyARN"], "Alarms": []})


def _deleting(store, name_field, what):
    def delete(data):
        return json_response({}) if store.pop(_key(data, data[name_field]), None) else _missing(what, data)

    return delete


def _tag(data):
    _tags.setdefault(data["ResourceARN"], {}).update(data["Tags"])
    return json_response({})


def _untag(data):
    for key in data["TagKeys"]:
        _tags.get(data["ResourceARN"], {}).pop(key, None)
    return json_response({})


_HANDLERS = {
    "RegisterScalableTarget": _register_target,
    "DeregisterScalableTarget": _deregister_target,
    "DescribeScalableTargets": lambda data: json_response({"ScalableTargets": _described(
        _targets, data, "ResourceIds")}),
    "PutScheduledAction": _put_action,
    "DeleteScheduledAction": _deleting(_actions, "ScheduledActionName", "scheduled action"),
    "DescribeScheduledActions": lambda data: json_response({"ScheduledActions": _described(
        _actions, data, None, "ScheduledActionNames", "ScheduledActionName")}),
    "PutScalingPolicy": _put_policy,
    "DeleteScalingPolicy": _deleting(_policies, "PolicyName", "scaling policy"),
    "DescribeScalingPolicies": lambda data: json_response({"ScalingPolicies": _described(
        _policies, data, None, "PolicyNames", "PolicyName")}),
    "DescribeScalingActivities": lambda data: json_response({"ScalingActivities": []}),
    "TagResource": _tag,
    "UntagResource": _untag,
    "ListTagsForResource": lambda data: json_response({"Tags": _tags.get(data["ResourceARN"], {})}),
}
