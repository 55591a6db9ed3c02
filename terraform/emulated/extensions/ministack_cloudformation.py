"""A stack with a role: kept, shown, and obeyed. What a stack does is refused where its role does not allow it.

Sources of the rows: the `handlers` of each type's schema in the CloudFormation registry; PutMetricAlarm's page for the
tags of alarms.
"""

import ministack_permissions as permissions
from ministack.services import waf
from ministack.services.cloudformation import _stacks, handlers, provisioners, stacks
from workaround import works_around

_BALANCER = ("elbv2", {"create": ("CreateLoadBalancer", "ModifyLoadBalancerAttributes", "AddTags",
                                  "DescribeLoadBalancers"),
                       "update": ("ModifyLoadBalancerAttributes", "SetSubnets", "SetSecurityGroups", "SetIpAddressType",
                                  "AddTags", "RemoveTags", "DescribeLoadBalancers"),
                       "delete": ("DeleteLoadBalancer", "DescribeLoadBalancers")})
_LISTENER = ("elbv2", {"create": ("CreateListener", "AddTags", "DescribeListeners"),
                       "update": ("ModifyListener", "AddTags", "RemoveTags", "DescribeListeners"),
                       "delete": ("DeleteListener", "DescribeListeners")})
_RECORD = ("route53", dict.fromkeys(("create", "update", "delete"),
                                    ("ChangeResourceRecordSets", "GetHostedZone", "GetChange")))
_ALARM = ("cloudwatch", {"create": ("PutMetricAlarm", "TagResource", "DescribeAlarms"),
                         "update": ("PutMetricAlarm", "TagResource", "UntagResource", "DescribeAlarms"),
                         "delete": ("DeleteAlarms", "DescribeAlarms")})
_FIREWALL = ("wafv2", {"create": ("AssociateWebACL", "GetWebACLForResource"), "update": ("AssociateWebACL",),
                       "delete": ("DisassociateWebACL",)})
# A handle is a name inside CloudFormation: it makes no call.
_HANDLE = ("cloudformation", {"create": (), "update": (), "delete": ()})
_CALLS = {
    "AWS::CloudFormation::WaitConditionHandle": _HANDLE,
    "AWS::CloudWatch::Alarm": _ALARM,
    "AWS::ElasticLoadBalancingV2::Listener": _LISTENER,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _BALANCER,
    "AWS::Route53::RecordSet": _RECORD,
    "AWS::WAFv2::WebACLAssociation": _FIREWALL,
}


@works_around("CloudFormation forgets the role of a stack")
def keep_the_role_of_a_stack():
    def keeping(handler):
        def handle(params):
            answer = handler(params)
            stack = _stacks.get(handlers._p(params, "StackName")) or {}
            if answer[0] < 300 and handlers._p(params, "RoleARN"):
                stack["RoleARN"] = handlers._p(params, "RoleARN")
            return answer

        return handle

    def describe(params):
        status, headers, body = describe_stacks(params)
        text = body.decode() if isinstance(body, bytes) else body
        for stack in _stacks.values():
            id = f"<StackId>{stack['StackId']}</StackId>"
            if stack.get("RoleARN"):
                text = text.replace(id, f"{id}<RoleARN>{stack['RoleARN']}</RoleARN>")
        return status, headers, text.encode()

    describe_stacks = handlers._ACTION_HANDLERS["DescribeStacks"]
    handlers._ACTION_HANDLERS["DescribeStacks"] = describe
    for action in ("CreateStack", "UpdateStack"):
        handlers._ACTION_HANDLERS[action] = keeping(handlers._ACTION_HANDLERS[action])


def _check(verb, resource_type, stack_name, properties, id):
    stack = _stacks.get(stack_name) or {}
    if not stack.get("RoleARN"):
        return
    if resource_type not in _CALLS:
        raise ValueError(f"the harness does not know what {resource_type} needs: add a row to {__file__}")
    service, verbs = _CALLS[resource_type]
    request = _request(resource_type, properties, id)
    for operation in verbs[verb]:
        refusal = permissions.refusal(stack["RoleARN"], service, operation, request)
        if refusal:
            raise ValueError(f"{refusal} (Service: {service}, Status Code: 403)")


def _request(resource_type, properties, id):
    """What the calls of a resource's handler would name, as far as a policy can look at it."""
    if resource_type == "AWS::ElasticLoadBalancingV2::LoadBalancer":
        return {"Name": properties["Name"]}
    if resource_type == "AWS::ElasticLoadBalancingV2::Listener":
        return {"LoadBalancerArn": properties["LoadBalancerArn"], "ListenerArn": id}
    if resource_type == "AWS::Route53::RecordSet":
        record = {"Action": "UPSERT", "ResourceRecordSet": properties}
        return {"HostedZoneId": properties["HostedZoneId"], "ChangeBatch": {"Changes": [record]}, "Id": "C0123456789"}
    if resource_type == "AWS::CloudWatch::Alarm":
        return {"AlarmName": properties["AlarmName"]}
    return properties


@works_around("CloudFormation does what a stack's role does not allow")
def obey_the_role_of_a_stack():
    create, update, delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource

    def provision_resource(resource_type, logical_id, props, stack_name):
        _check("create", resource_type, stack_name, props, logical_id)
        return create(resource_type, logical_id, props, stack_name)

    def update_resource(resource_type, physical_id, old_props, new_props, stack_name, *more):
        if old_props != new_props:
            _check("update", resource_type, stack_name, new_props, physical_id)
        return update(resource_type, physical_id, old_props, new_props, stack_name, *more)

    def delete_resource(resource_type, physical_id, props, stack_name=None, logical_id=None):
        _check("delete", resource_type, stack_name, props, physical_id)
        return delete(resource_type, physical_id, props, stack_name, logical_id)

    stacks._provision_resource, stacks._update_resource = provision_resource, update_resource
    stacks._delete_resource = delete_resource


@works_around("CloudFormation has no AWS::WAFv2::WebACLAssociation")
def associate_firewalls():
    def associate(logical_id, properties, stack_name):
        waf._associate_web_acl({"ResourceArn": properties["ResourceArn"], "WebACLArn": properties["WebACLArn"]})
        return f"{properties['ResourceArn']}|{properties['WebACLArn']}|REGIONAL", {}

    provisioners._RESOURCE_HANDLERS["AWS::WAFv2::WebACLAssociation"] = {
        "create": associate,
        "delete": lambda id, properties: waf._disassociate_web_acl({"ResourceArn": properties["ResourceArn"]}),
    }
