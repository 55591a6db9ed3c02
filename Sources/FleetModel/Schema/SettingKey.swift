/// Every setting's key, by the name the original Terraform variables gave it.
enum SettingKey: String, Sendable, CaseIterable {
    case projectName = "project_name"
    case environment

    case command
    case url
    case image
    case gatewayImage = "gateway_image"
    case secretKeys = "secret_keys"

    case cpu
    case memory
    case architecture
    case desiredCount = "desired_count"
    case maxCount = "max_count"
    case spotPercent = "spot_percent"
    case containerPort = "container_port"
    case containerEnvironment = "container_environment"
    case createALB = "create_alb"
    case albPort = "alb_port"
    case targetGroupPort = "target_group_port"
    case healthCheckPath = "health_check_path"
    case enableServiceDiscovery = "enable_service_discovery"
    case serviceDiscoveryTTL = "service_discovery_ttl"
    case serviceDiscoveryFailureThreshold = "service_discovery_failure_threshold"
    case privateSubnets = "private_subnets"
    case allowedCIDRs = "allowed_cidrs"
    case enableWAF = "enable_waf"
    case enableEncryption = "enable_encryption"
    case enableAlarms = "enable_alarms"
    case alarmEmail = "alarm_email"
    case enableDashboard = "enable_dashboard"
    case enableContainerInsights = "enable_container_insights"
    case logRetentionDays = "log_retention_days"
    case enableExecuteCommand = "enable_execute_command"

    case vpcCIDR = "vpc_cidr"
    case availabilityZones = "availability_zones"
    case subnetCIDRs = "subnet_cidrs"
    case clusterName = "cluster_name"

    case enableWeekendOnly = "enable_weekend_only"
    case destroyALBsWhenScaledDown = "destroy_albs_when_scaled_down"
    case weekendHoursStart = "weekend_hours_start"
    case weekendHoursEnd = "weekend_hours_end"
    case weekendDays = "weekend_days"
    case timezone

    case enableDomain = "enable_domain"
    case domainName = "domain_name"
    case subdomain
    case hostedZoneID = "hosted_zone_id"
    case enableIPv6 = "enable_ipv6"

    case bucket
    case bucketRegion = "bucket_region"
}
