"""Everything that stands in an emulated account, by listing it: a destroy must leave it as it was before the apply."""

import contextlib

import botocore.exceptions


def _ids(client, operation, path, key, **arguments):
    """What is listed, without what is listed for a while as deleted."""
    pages = client.get_paginator(operation).paginate(**arguments) if client.can_paginate(operation) \
        else [getattr(client, operation)(**arguments)]
    return [item[key] if key else item for page in pages for item in page.get(path, [])
            if not (isinstance(item, dict) and item.get("State") == "deleted")]


# service: [(what, operation, path, key, arguments)]
_LISTS = {
    "ec2": [
        ("vpc", "describe_vpcs", "Vpcs", "VpcId", {}),
        ("subnet", "describe_subnets", "Subnets", "SubnetId", {}),
        ("internet gateway", "describe_internet_gateways", "InternetGateways", "InternetGatewayId", {}),
        ("nat gateway", "describe_nat_gateways", "NatGateways", "NatGatewayId",
         {"Filter": [{"Name": "state", "Values": ["available", "pending"]}]}),
        ("route table", "describe_route_tables", "RouteTables", "RouteTableId", {}),
        ("network acl", "describe_network_acls", "NetworkAcls", "NetworkAclId", {}),
        ("security group", "describe_security_groups", "SecurityGroups", "GroupId", {}),
        ("vpc endpoint", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId", {}),
        ("flow log", "describe_flow_logs", "FlowLogs", "FlowLogId", {}),
        ("address", "describe_addresses", "Addresses", "AllocationId", {}),
    ],
    "elbv2": [
        ("load balancer", "describe_load_balancers", "LoadBalancers", "LoadBalancerArn", {}),
        ("target group", "describe_target_groups", "TargetGroups", "TargetGroupArn", {}),
    ],
    "ecs": [
        ("cluster", "list_clusters", "clusterArns", None, {}),
        ("task definition", "list_task_definitions", "taskDefinitionArns", None, {"status": "ACTIVE"}),
    ],
    "servicediscovery": [
        ("namespace", "list_namespaces", "Namespaces", "Id", {}),
        ("discovery service", "list_services", "Services", "Id", {}),
    ],
    "application-autoscaling": [
        ("scalable target", "describe_scalable_targets", "ScalableTargets", "ResourceId", {"ServiceNamespace": "ecs"}),
        ("scheduled action", "describe_scheduled_actions", "ScheduledActions", "ScheduledActionName",
         {"ServiceNamespace": "ecs"}),
    ],
    "logs": [("log group", "describe_log_groups", "logGroups", "logGroupName", {})],
    "secretsmanager": [("secret", "list_secrets", "SecretList", "ARN", {})],
    "iam": [
        ("role", "list_roles", "Roles", "RoleName", {}),
        ("policy", "list_policies", "Policies", "Arn", {"Scope": "Local"}),
    ],
    "route53": [("hosted zone", "list_hosted_zones", "HostedZones", "Id", {})],
    "acm": [("certificate", "list_certificates", "CertificateSummaryList", "CertificateArn", {})],
    "scheduler": [
        ("schedule", "list_schedules", "Schedules", "Arn", {}),
        ("schedule group", "list_schedule_groups", "ScheduleGroups", "Arn", {}),
    ],
    "cloudformation": [("stack", "describe_stacks", "Stacks", "StackName", {})],
    "stepfunctions": [("state machine", "list_state_machines", "stateMachines", "stateMachineArn", {})],
    "events": [("event rule", "list_rules", "Rules", "Arn", {})],
    "cloudwatch": [
        ("alarm", "describe_alarms", "MetricAlarms", "AlarmName", {}),
        ("dashboard", "list_dashboards", "DashboardEntries", "DashboardName", {}),
    ],
    "sns": [("topic", "list_topics", "Topics", "TopicArn", {})],
    "sqs": [("queue", "list_queues", "QueueUrls", None, {})],
    "s3": [("bucket", "list_buckets", "Buckets", "Name", {})],
    "wafv2": [("web acl", "list_web_acls", "WebACLs", "ARN", {"Scope": "REGIONAL"})],
}


def everything(emulator, region):
    """{(what, id)} of one region, and of what has no region: IAM, Route 53 with its records, S3."""
    found = set()
    for service, lists in _LISTS.items():
        client = emulator.client(service, region)
        for what, operation, path, key, arguments in lists:
            found |= {(what, id) for id in _ids(client, operation, path, key, **arguments)}
    route53 = emulator.client("route53", region)
    for what, zone in sorted(found):
        if what == "hosted zone":
            records = _ids(route53, "list_resource_record_sets", "ResourceRecordSets", None, HostedZoneId=zone)
            found |= {("record", " ".join((zone, one["Name"], one["Type"], one.get("SetIdentifier", ""))))
                      for one in records}
    kms = emulator.client("kms", region)
    for id in _ids(kms, "list_keys", "Keys", "KeyId"):
        with contextlib.suppress(botocore.exceptions.ClientError):
            if kms.describe_key(KeyId=id)["KeyMetadata"]["KeyState"] != "PendingDeletion":
                found.add(("key", id))
    return found
