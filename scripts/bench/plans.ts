/**
 * A plan of so many resources, as `terraform show -json` writes it. Of each twenty, as many as
 * `share` asks have to do with CloudTrail: a trail with what it needs.
 */
export function planOf(count: number, share: number): string {
  const changes = Array.from({ length: count }, (_, index) =>
    index / count < share ? relevant(index) : other(index),
  );
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.13.0",
    planned_values: { root_module: { resources: [] } },
    resource_changes: changes,
    configuration: { root_module: { resources: [] } },
    complete: true,
    errored: false,
  });
}

const KINDS = [
  (name: string) =>
    change("aws_cloudtrail", name, {
      name,
      s3_bucket_name: name,
      is_multi_region_trail: true,
      enable_log_file_validation: true,
      enable_logging: true,
      include_global_service_events: true,
      is_organization_trail: false,
      kms_key_id: `arn:aws:kms:eu-west-1:111111111111:key/${name}`,
      region: "eu-west-1",
    }),
  (name: string) => change("aws_s3_bucket", name, { bucket: name, region: "eu-west-1" }),
  (name: string) =>
    change("aws_s3_bucket_policy", name, {
      bucket: name,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: ["s3:GetBucketAcl", "s3:PutObject"],
            Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/AWSLogs/*`],
          },
        ],
      }),
    }),
  (name: string) =>
    change("aws_kms_key", name, {
      arn: `arn:aws:kms:eu-west-1:111111111111:key/${name}`,
      key_id: name,
      enable_key_rotation: true,
      policy: "{}",
      region: "eu-west-1",
    }),
];

function relevant(index: number) {
  const kind = KINDS[index % KINDS.length];
  if (kind === undefined) throw new Error("there are kinds");
  return kind(`trail-${Math.floor(index / KINDS.length)}`);
}

const other = (index: number) =>
  change("aws_instance", `server-${index}`, {
    ami: "ami-0123456789abcdef0",
    instance_type: "t3.micro",
    user_data: "x".repeat(200),
    tags: { Name: `server-${index}`, team: "platform" },
    root_block_device: [{ volume_size: 20, encrypted: true }],
  });

function change(type: string, name: string, after: object) {
  return {
    address: `${type}.${name}`,
    mode: "managed",
    type,
    name,
    provider_name: "registry.terraform.io/hashicorp/aws",
    change: {
      actions: ["update"],
      before: after,
      after,
      after_unknown: {},
      before_sensitive: {},
      after_sensitive: {},
    },
  };
}

/** A trail with its bucket and key, as a CloudFormation template. */
export const TEMPLATE = `AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  Validation: { Type: String, Default: "true" }
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      IsMultiRegionTrail: true
      EnableLogFileValidation: !Ref Validation
      S3BucketName: !Ref Logs
      KMSKeyId: !GetAtt Key.Arn
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: organization-logs
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy: { Version: "2012-10-17", Statement: [] }
`;
