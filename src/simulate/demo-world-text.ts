/** The demo organization as a world file; a text in code, so that the bundle carries it. */
export const demoWorldText = `# A company of twenty-one accounts that believes it is well audited.
now: 2026-11-02T06:00:00Z

regions: {
  ap-northeast-1: ENABLED_BY_DEFAULT, ap-northeast-2: ENABLED_BY_DEFAULT, ap-northeast-3: ENABLED_BY_DEFAULT,
  ap-south-1: ENABLED_BY_DEFAULT, ap-southeast-1: ENABLED_BY_DEFAULT, ap-southeast-2: ENABLED_BY_DEFAULT,
  ca-central-1: ENABLED_BY_DEFAULT, eu-central-1: ENABLED_BY_DEFAULT, eu-north-1: ENABLED_BY_DEFAULT,
  eu-west-1: ENABLED_BY_DEFAULT, eu-west-2: ENABLED_BY_DEFAULT, eu-west-3: ENABLED_BY_DEFAULT,
  sa-east-1: ENABLED_BY_DEFAULT, us-east-1: ENABLED_BY_DEFAULT, us-east-2: ENABLED_BY_DEFAULT,
  us-west-1: ENABLED_BY_DEFAULT, us-west-2: ENABLED_BY_DEFAULT, eu-central-2: DISABLED,
  me-south-1: DISABLED,
}

organization:
  id: o-acmeretail1
  managementAccount: "100000000001"
  delegatedAdministrators:
    cloudtrail.amazonaws.com: ["100000000003"]

accounts:
  - { id: "100000000001", name: acme-management }
  - { id: "100000000002", name: log-archive, ou: Security }
  - { id: "100000000003", name: security-tooling, ou: Security }
  - { id: "200000000001", name: network, ou: Infrastructure }
  - { id: "200000000002", name: shared-services, ou: Infrastructure }
  - { id: "200000000003", name: backup, ou: Infrastructure, regions: { eu-central-2: ENABLED } }
  - { id: "300000000001", name: shop-production, ou: Workloads/Production }
  - { id: "300000000002", name: payments-production, ou: Workloads/Production }
  - { id: "300000000003", name: warehouse-production, ou: Workloads/Production }
  - { id: "300000000004", name: identity-production, ou: Workloads/Production }
  # The audit role was never rolled out here.
  - { id: "300000000005", name: mobile-production, ou: Workloads/Production, roles: [] }
  - { id: "400000000001", name: shop-staging, ou: Workloads/Staging }
  - { id: "400000000002", name: payments-staging, ou: Workloads/Staging }
  - { id: "400000000003", name: warehouse-staging, ou: Workloads/Staging }
  - { id: "500000000001", name: data-lake, ou: Data }
  # Opted in to a region an hour ago; AWS has not made the trail's copy there yet.
  - { id: "500000000002", name: analytics, ou: Data, regions: { me-south-1: ENABLING } }
  - { id: "600000000001", name: sandbox-alice, ou: Sandbox }
  - { id: "600000000002", name: sandbox-bruno, ou: Sandbox }
  - { id: "600000000003", name: sandbox-chen, ou: Sandbox }
  - { id: "600000000004", name: sandbox-dana, ou: Sandbox, state: PENDING_CLOSURE }
  - { id: "700000000001", name: acquired-startup, ou: Acquired, state: SUSPENDED }

trails:
  # The organization's trail is fine where its owner looks.
  - name: acme-organization-trail
    account: "100000000001"
    homeRegion: us-east-1
    isOrganizationTrail: true
    s3BucketName: acme-organization-logs
    kmsKeyId: arn:aws:kms:us-east-1:100000000001:key/0a000000-0000-4000-8000-000000000001
    cloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:100000000001:log-group:acme/cloudtrail:*"
    cloudWatchLogsRoleArn: arn:aws:iam::100000000001:role/cloudtrail-to-logs
    snsTopicArn: arn:aws:sns:us-east-1:100000000001:trail-deliveries
    insightTypes: [ApiCallRateInsight, ApiErrorRateInsight]
    tags: { owner: security }
    status:
      # In one member's one region nothing has arrived since yesterday.
      - accounts: ["300000000002"]
        regions: [eu-west-1]
        latestDeliveryError: AccessDenied
        latestDeliveryTime: { minutesAgo: 1870 }
        latestDigestDeliveryError: AccessDenied
        latestDigestDeliveryTime: { minutesAgo: 1890 }

  # Records card data access, or did: somebody stopped it on Friday night.
  - name: card-data-access
    account: "300000000002"
    homeRegion: eu-west-1
    s3BucketName: acme-card-data-logs
    # Somebody tidied up and deleted this topic.
    snsTopicArn: arn:aws:sns:eu-west-1:300000000002:card-data-log-files
    tags: { owner: payments }
    kmsKeyId: arn:aws:kms:eu-west-1:300000000002:key/0a000000-0000-4000-8000-000000000002
    advancedEventSelectors:
      - name: reads and writes of card data
        fieldSelectors:
          - { field: eventCategory, equals: [Data] }
          - { field: resources.type, equals: ["AWS::S3::Object"] }
          - { field: resources.ARN, startsWith: ["arn:aws:s3:::acme-card-data/"] }
    status:
      - isLogging: false
        stopLoggingTime: 2026-10-30T22:14:00Z

  # Its key belongs to a vendor, and KMS calls are left out to save money.
  - name: data-lake-trail
    account: "500000000001"
    homeRegion: us-east-1
    s3BucketName: acme-data-lake-logs
    insightTypes: [ApiCallRateInsight, ApiErrorRateInsight]
    tags: { owner: data }
    kmsKeyId: arn:aws:kms:us-east-1:999999999999:key/0a000000-0000-4000-8000-000000000003
    eventSelectors:
      - readWriteType: All
        excludeManagementEventSources: [kms.amazonaws.com]
        dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3:::acme-data-lake/"] }]

  # Its key was scheduled for deletion, so delivery has stopped and old logs are about to be lost.
  - name: sign-in-functions
    account: "300000000004"
    homeRegion: eu-central-1
    s3BucketName: acme-identity-logs
    tags: { owner: identity }
    kmsKeyId: arn:aws:kms:eu-central-1:300000000004:key/0a000000-0000-4000-8000-000000000004
    eventSelectors:
      - readWriteType: All
        includeManagementEvents: false
        dataResources: [{ type: "AWS::Lambda::Function", values: ["arn:aws:lambda"] }]
    status:
      - latestDeliveryError: KMS.KMSInvalidStateException
        latestDeliveryTime: { minutesAgo: 4200 }
        latestDigestDeliveryError: KMS.KMSInvalidStateException
        latestDigestDeliveryTime: { minutesAgo: 4210 }

  # Forgotten since an experiment: one region, no validation, no key, and the world reads its bucket.
  - name: test-trail
    account: "600000000002"
    homeRegion: us-west-2
    isMultiRegionTrail: false
    includeGlobalServiceEvents: false
    logFileValidationEnabled: false
    s3BucketName: bruno-test-bucket

buckets:
  # The whole record of the company, and an overwritten file cannot be brought back.
  - name: acme-organization-logs
    account: "100000000002"
    region: us-east-1
    versioning: Suspended
    encryption:
      sseAlgorithm: aws:kms
      kmsMasterKeyId: arn:aws:kms:us-east-1:100000000001:key/0a000000-0000-4000-8000-000000000001
      bucketKeyEnabled: true
    lifecycle: [{ id: archive, transitions: [{ days: 120, storageClass: GLACIER }] }]
    logging: { targetBucket: acme-access-logs, targetPrefix: organization/ }
  - { name: acme-card-data-logs, account: "300000000002", region: eu-west-1 }
  # Kept for a quarter of a year, to save money.
  - name: acme-data-lake-logs
    account: "500000000001"
    region: us-east-1
    lifecycle: [{ id: cheap, expirationDays: 90, noncurrentExpirationDays: 1 }]
  - { name: acme-identity-logs, account: "300000000004", region: eu-central-1 }
  - name: bruno-test-bucket
    account: "600000000002"
    region: us-west-2
    versioning: never
    publicAccessBlock: null
    policyIsPublic: true
    policy:
      Version: "2012-10-17"
      Statement:
        - { Effect: Allow, Principal: "*", Action: s3:GetObject, Resource: "arn:aws:s3:::bruno-test-bucket/*" }

keys:
  - arn: arn:aws:kms:us-east-1:100000000001:key/0a000000-0000-4000-8000-000000000001
    readableBy: ["100000000002"]
  - { arn: "arn:aws:kms:eu-west-1:300000000002:key/0a000000-0000-4000-8000-000000000002" }
  - arn: arn:aws:kms:us-east-1:999999999999:key/0a000000-0000-4000-8000-000000000003
    readableBy: ["500000000001"]
    rotationEnabled: false
  - arn: arn:aws:kms:eu-central-1:300000000004:key/0a000000-0000-4000-8000-000000000004
    state: PendingDeletion
    deletionDate: { minutesAgo: -10080 }

# For investigations, and one click from gone.
eventDataStores:
  - name: investigations
    account: "100000000003"
    region: us-east-1
    id: 0a000000-0000-4000-8000-000000000005
    organizationEnabled: true
    retentionPeriod: 2557
    terminationProtectionEnabled: false
    kmsKeyId: arn:aws:kms:us-east-1:100000000003:key/0a000000-0000-4000-8000-000000000006

faults:
  # A service control policy closes this region to the sandbox accounts.
  - { operation: "cloudtrail:*", account: "6*", region: ap-northeast-3, kind: denied-by-scp }
  # The audit role of one account may not read bucket configurations.
  - { operation: "s3:GetBucketVersioning", account: "300000000004", kind: access-denied }
`;
