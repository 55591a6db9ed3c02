"""Whether a role may make a call: its policies as they stand in the emulated IAM, against AWS's own resource types.

ministack can enforce IAM, but takes an ECS call's cluster for its resource and checks no call of a state machine.
Sources of the rows: the Service Authorization Reference's pages for ELB v2, ECS, Route 53, Application Auto Scaling
and WAF v2.
"""

from ministack.core.iam_evaluator import EvalContext, _gather_role_policies, evaluate
from ministack.core.responses import get_account_id, get_region

_PREFIX = {"elbv2": "elasticloadbalancing", "stepfunctions": "states"}


def _arn(rest):
    return f"arn:aws:{rest.format(region=get_region(), account=get_account_id())}"


def _balancer(request):
    name = request.get("Name")
    return request.get("LoadBalancerArn") or _arn(
        f"elasticloadbalancing:{{region}}:{{account}}:loadbalancer/app/{name}/0123456789abcdef")


def _service(request):
    cluster = request.get("cluster", "default").rsplit("/", 1)[-1]
    names = [request["service"]] if "service" in request else request.get("services", [])
    return [_arn(f"ecs:{{region}}:{{account}}:service/{cluster}/{name.rsplit('/', 1)[-1]}") for name in names]


def _zone(request):
    return _arn(f"route53:::hostedzone/{request['HostedZoneId'].rsplit('/', 1)[-1]}")


def _stack(request):
    name = request.get("StackName")
    return _arn(f"cloudformation:{{region}}:{{account}}:stack/{name}/0123456789abcdef")


def _alarm(request):
    return _arn(f"cloudwatch:{{region}}:{{account}}:alarm:{request['AlarmName']}")


def _firewall(request):
    return [request["WebACLArn"], request["ResourceArn"]]


_EVERYTHING = lambda request: "*"  # noqa: E731  for actions that AWS lets nobody narrow
_RESOURCE = {
    "elasticloadbalancing:CreateLoadBalancer": _balancer,
    "elasticloadbalancing:ModifyLoadBalancerAttributes": _balancer,
    "elasticloadbalancing:DeleteLoadBalancer": _balancer,
    "elasticloadbalancing:RemoveTags": _balancer,
    "elasticloadbalancing:SetIpAddressType": _balancer,
    "elasticloadbalancing:SetSecurityGroups": _balancer,
    "elasticloadbalancing:SetSubnets": _balancer,
    "elasticloadbalancing:SetWebAcl": lambda request: request["ResourceArn"],
    "elasticloadbalancing:CreateListener": _balancer,
    "elasticloadbalancing:ModifyListener": lambda request: request["ListenerArn"],
    "elasticloadbalancing:DeleteListener": lambda request: request["ListenerArn"],
    "elasticloadbalancing:AddTags": lambda request: request.get("ResourceArns") or (
        _balancer(request) if "Name" in request
        else request["LoadBalancerArn"].replace(":loadbalancer/", ":listener/") + "/0123456789abcdef"),
    "ecs:UpdateService": _service,
    "ecs:DescribeServices": _service,
    "ecs:ListTasks": _EVERYTHING,
    "route53:ChangeResourceRecordSets": _zone,
    "route53:ListResourceRecordSets": _zone,
    "route53:GetHostedZone": _zone,
    "route53:GetChange": lambda request: _arn(f"route53:::change/{request['Id'].rsplit('/', 1)[-1]}"),
    "application-autoscaling:RegisterScalableTarget": lambda request: _arn(
        "application-autoscaling:{region}:{account}:scalable-target/0123456789abcdef"),
    "cloudformation:DescribeStacks": _stack,
    "cloudformation:UpdateStack": _stack,
    "cloudwatch:DeleteAlarms": _alarm,
    "cloudwatch:DescribeAlarms": _alarm,
    "cloudwatch:PutMetricAlarm": _alarm,
    "cloudwatch:TagResource": _alarm,
    "cloudwatch:UntagResource": _alarm,
    "wafv2:AssociateWebACL": _firewall,
    "wafv2:DisassociateWebACL": lambda request: request["ResourceArn"],
    "wafv2:GetWebACLForResource": lambda request: request["ResourceArn"],
    "secretsmanager:DescribeSecret": lambda request: request["SecretId"],
    "states:ListExecutions": lambda request: request["stateMachineArn"],
}


def _needed(action, request):
    yield action
    if action.startswith("elasticloadbalancing:Create") and request.get("Tags"):
        yield "elasticloadbalancing:AddTags"
    if action == "wafv2:AssociateWebACL":
        yield "elasticloadbalancing:SetWebAcl"


def _context(action, request):
    context = {"elasticloadbalancing:createaction": action.split(":")[1]}
    for tag in request.get("Tags") or []:
        if isinstance(tag, dict):
            context[f"aws:requesttag/{tag.get('Key')}".lower()] = tag.get("Value")
    changes = (request.get("ChangeBatch") or {}).get("Changes") or []
    records = [change["ResourceRecordSet"] for change in changes]
    prefix = "route53:changeresourcerecordsets"
    context |= {
        f"{prefix}actions": [change["Action"] for change in changes],
        f"{prefix}recordtypes": [record["Type"] for record in records],
        f"{prefix}normalizedrecordnames": [record["Name"].lower().rstrip(".") for record in records],
    } if records else {}
    context |= {"application-autoscaling:service-namespace": request.get("ServiceNamespace"),
                "application-autoscaling:scalable-dimension": request.get("ScalableDimension")}
    if "cluster" in request:
        cluster = request["cluster"]
        context["ecs:cluster"] = cluster if ":" in cluster else _arn(f"ecs:{{region}}:{{account}}:cluster/{cluster}")
    return {key: value for key, value in context.items() if value is not None}


def refusal(role_arn, service, operation, request):
    """None when the role may make the call; else the sentence AWS would say."""
    action = f"{_PREFIX.get(service, service)}:{operation}"
    policies = _gather_role_policies(role_arn.rsplit("/", 1)[-1], get_account_id())
    for needed in _needed(action, request):
        describes = needed.startswith(("elasticloadbalancing:Describe", "application-autoscaling:Describe"))
        if needed not in _RESOURCE and not describes:
            return f"the harness does not know the resources of {needed}: add a row to {__file__}"
        resources = "*" if describes else _RESOURCE[needed](request)
        for resource in [resources] if isinstance(resources, str) else resources:
            context = EvalContext(role_arn, "AssumedRole", get_account_id(), needed, resource, get_region(),
                                  service_context=_context(action, request))
            if evaluate(context, policies).decision != "Allow":
                return f"{role_arn} is not authorized to perform: {needed} on resource: {resource}"
    return None
