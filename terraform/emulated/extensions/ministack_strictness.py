"""Refusals that AWS makes and ministack does not: what must exist before something is made, and be gone before it ends.

With these, an apply or a destroy in an order that AWS would refuse is refused here too.
"""

from ministack.core.responses import error_response_json
from ministack.services import alb, ec2, ecs, servicediscovery
from workaround import works_around


def _refusing(table, action, reason, error):
    handler = table[action]

    def handle(parameters):
        problem = reason(parameters)
        return error(problem) if problem else handler(parameters)

    table[action] = handle


def _tasks(cluster_arn=None, group_id=None, subnet_id=None):
    """Running tasks, of a cluster, or with an interface in a security group or a subnet."""
    for service in ecs._services.values():
        network = (service.get("networkConfiguration") or {}).get("awsvpcConfiguration") or {}
        if service["status"] == "ACTIVE" and service["runningCount"] and (
            service["clusterArn"] == cluster_arn or group_id in (network.get("securityGroups") or [])
            or subnet_id in (network.get("subnets") or [])
        ):
            yield service["serviceName"]


@works_around("EC2 deletes security groups, subnets and gateways that balancers and tasks still use")
def refuse_to_delete_networks_in_use():
    def group(p):
        id = ec2._p(p, "GroupId")
        users = [lb["LoadBalancerName"] for lb in alb._lbs.values() if id in lb["SecurityGroups"]]
        users += list(_tasks(group_id=id))
        users += [
            other for other, one in ec2._security_groups.items() if other != id
            for rule in one["IpPermissions"] + one["IpPermissionsEgress"]
            for pair in rule.get("UserIdGroupPairs") or [] if pair.get("GroupId") == id
        ]
        return users and f"resource {id} has a dependent object: {users[0]}"

    def subnet(p):
        id = ec2._p(p, "SubnetId")
        users = [lb["LoadBalancerName"] for lb in alb._lbs.values() if id in lb["Subnets"]] + list(_tasks(subnet_id=id))
        return users and f"The subnet '{id}' has dependencies and cannot be deleted: {users[0]}"

    def gateway(p):
        attachments = ec2._internet_gateways.get(ec2._p(p, "InternetGatewayId"), {}).get("Attachments", [])
        attached = [one["VpcId"] for one in attachments]
        users = [lb["LoadBalancerName"] for lb in alb._lbs.values()
                 if lb["Scheme"] == "internet-facing" and ec2._subnets[lb["Subnets"][0]]["VpcId"] in attached]
        return users and f"Network {attached[0]} has some mapped public address(es): {users[0]}"

    refusals = {"DeleteSecurityGroup": group, "DeleteSubnet": subnet, "DetachInternetGateway": gateway}
    for action, reason in refusals.items():
        _refusing(ec2._ACTION_MAP, action, reason, lambda problem: ec2._error("DependencyViolation", problem, 400))


@works_around("a balancer is made in a network without an internet gateway, a group deleted under its listener")
def refuse_edges_out_of_order():
    def balancer(params):
        subnets = alb._parse_member_list(params, "Subnets")
        networks = {ec2._subnets[id]["VpcId"] for id in subnets if id in ec2._subnets}
        gates = {one["VpcId"] for gate in ec2._internet_gateways.values() for one in gate["Attachments"]}
        if alb._p(params, "Scheme", "internet-facing") == "internet-facing" and not networks <= gates:
            return f"VPC {networks} has no internet gateway"
        return len(alb._p(params, "Name")) > 32 and "The load balancer name cannot be longer than '32' characters"

    def group(params):
        arn = alb._p(params, "TargetGroupArn")
        users = [one for one in alb._listeners.values() if arn in str(one["DefaultActions"])]
        return users and f"Target group '{arn}' is currently in use by a listener or a rule"

    _refusing(alb._ACTION_MAP, "CreateLoadBalancer", balancer, lambda problem: alb._error("InvalidSubnet", problem))
    _refusing(alb._ACTION_MAP, "DeleteTargetGroup", group, lambda problem: alb._error("ResourceInUse", problem))


@works_around("ECS takes a service whose target group has no balancer, and deletes a cluster that has services")
def refuse_services_out_of_order():
    def service(data):
        for one in data.get("loadBalancers") or []:
            group = alb._tgs.get(one.get("targetGroupArn"))
            if group is not None and not group["LoadBalancerArns"]:
                return (f"The target group with targetGroupArn {one['targetGroupArn']} "
                        "does not have an associated load balancer.")
        return ""

    def cluster(data):
        arn = ecs._clusters.get(ecs._resolve_cluster_name(data.get("cluster", "default")), {}).get("clusterArn")
        users = [one["serviceName"] for one in ecs._services.values()
                 if one["clusterArn"] == arn and one["status"] == "ACTIVE"]
        return users and f"The Cluster cannot be deleted while Services are active: {users[0]}"

    _refusing(ecs._ACTION_MAP, "CreateService", service,
              lambda problem: error_response_json("InvalidParameterException", problem, 400))
    _refusing(ecs._ACTION_MAP, "DeleteCluster", cluster,
              lambda problem: error_response_json("ClusterContainsServicesException", problem, 400))


@works_around("Cloud Map deletes a service that still has instances")
def refuse_to_delete_used_discovery():
    delete = servicediscovery._delete_service

    def delete_service(data):
        if servicediscovery._instances.get(data.get("Id")):
            return error_response_json("ResourceInUse", "Service contains registered instances", 400)
        return delete(data)

    servicediscovery._delete_service = delete_service
