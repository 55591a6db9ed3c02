import AWSOperations
import FleetModel

/// Who asks, what that principal may do, and whether the fleet's name can be had.
struct AccountCheckups {
    static let place = "the account"

    let reader: AccountReader

    func all(for fleet: Fleet) async -> [Checkup] {
        let identity: CallerIdentity
        do throws(Problem) {
            identity = try await reader.identity()
        } catch {
            return [Checkup(Self.place, .problem, Self.words(error), fix: error.hint)]
        }
        return [Checkup(Self.place, .ok, "\(identity.account), as \(identity.arn)")] + [await permissions(identity)]
            + (await zone(fleet.domain))
    }

    private static func words(_ problem: Problem) -> String {
        [problem.summary, problem.detail].compactMap { $0 }.joined(separator: ": ")
    }

    /// One action of each kind that an apply, a look or a change needs; whoever may do these may do the rest.
    static let actions = [
        "acm:RequestCertificate", "application-autoscaling:RegisterScalableTarget", "cloudformation:CreateStack",
        "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateSecurityGroup", "ec2:CreateSubnet", "ec2:CreateVpc",
        "ecs:CreateCluster", "ecs:CreateService", "ecs:DescribeTasks", "ecs:RegisterTaskDefinition",
        "ecs:UpdateService", "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup",
        "iam:CreateRole", "iam:PassRole", "iam:PutRolePolicy", "logs:CreateLogGroup", "logs:FilterLogEvents",
        "route53:ChangeResourceRecordSets", "secretsmanager:CreateSecret", "secretsmanager:GetSecretValue",
        "secretsmanager:PutSecretValue", "servicediscovery:CreatePrivateDnsNamespace", "sns:CreateTopic",
        "states:CreateStateMachine", "scheduler:CreateSchedule",
    ]

    private func permissions(_ identity: CallerIdentity) async -> Checkup {
        guard let principal = identity.principal else {
            return Checkup(
                Self.place, .warning, "these are the root user's credentials, which may do everything",
                fix: "sign in as a role: aws configure sso")
        }
        do throws(Problem) {
            return Self.judged(permissions: try await reader.refused(Self.actions, of: principal))
        } catch {
            return Checkup(Self.place, notLookedAt: "what \(principal) may do", error)
        }
    }

    /// A policy that names resources is not seen by this: it allows less than everything, and perhaps enough.
    static func judged(permissions refused: [String: String]) -> Checkup {
        let denied = refused.filter { $0.value == "explicitDeny" }.keys.sorted()
        guard denied.isEmpty else {
            return Checkup(
                place, .problem, "a policy denies \(denied.joined(separator: ", "))",
                fix: "have that policy changed, or sign in as somebody else")
        }
        guard refused.isEmpty else {
            return Checkup(
                place, .warning, "not allowed for every resource: \(refused.keys.sorted().joined(separator: ", "))",
                fix: "see that a policy allows them for this fleet's resources")
        }
        return Checkup(place, .ok, "it may do the \(actions.count) kinds of calls that were asked for")
    }

    private func zone(_ domain: Domain) async -> [Checkup] {
        guard domain.isEnabled else { return [] }
        do throws(Problem) {
            return [Self.judged(zones: try await reader.zones(of: domain), of: domain)]
        } catch {
            return [Checkup(Self.place, notLookedAt: "the zone of \(domain.name)", error)]
        }
    }

    static func judged(zones: [HostedZone], of domain: Domain) -> Checkup {
        let id = domain.hostedZoneID
        guard let first = zones.first else {
            return Checkup(
                place, .problem, "Route 53 has no zone \(id ?? domain.name)",
                fix: id == nil
                    ? "make one: aws route53 create-hosted-zone --name \(domain.name) --caller-reference $(date +%s)"
                    : "correct hosted_zone_id, or leave it out")
        }
        guard let zone = zones.first(where: { !$0.isPrivate }) else {
            return Checkup(
                place, .problem, "the zone \(first.id) of \(first.name) is private, so nobody outside finds the name",
                fix: "name a public zone in hosted_zone_id")
        }
        guard zone.name == domain.name else {
            return Checkup(
                place, .problem, "the zone \(zone.id) is \(zone.name)'s, and domain_name is \(domain.name)",
                fix: "correct hosted_zone_id or domain_name")
        }
        guard zones.filter({ !$0.isPrivate }).count == 1 else {
            return Checkup(
                place, .problem, "several public zones are called \(domain.name)",
                fix: "name the one whose name servers the registrar knows in hosted_zone_id")
        }
        return Checkup(
            place, .ok, "\(domain.host) goes into the zone \(zone.id); see that the registrar names its name servers")
    }
}
