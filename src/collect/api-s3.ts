import type * as s3 from "@aws-sdk/client-s3";
import type * as s3control from "@aws-sdk/client-s3-control";

/** What each operation of S3 and S3 Control is asked with and answers. */
export type S3Api = {
  "s3:ListBuckets": [s3.ListBucketsCommandInput, s3.ListBucketsCommandOutput];
  "s3:HeadBucket": [s3.HeadBucketCommandInput, s3.HeadBucketCommandOutput];
  "s3:GetBucketVersioning": [
    s3.GetBucketVersioningCommandInput,
    s3.GetBucketVersioningCommandOutput,
  ];
  "s3:GetBucketEncryption": [
    s3.GetBucketEncryptionCommandInput,
    s3.GetBucketEncryptionCommandOutput,
  ];
  "s3:GetPublicAccessBlock": [
    s3.GetPublicAccessBlockCommandInput,
    s3.GetPublicAccessBlockCommandOutput,
  ];
  "s3:GetBucketPolicy": [s3.GetBucketPolicyCommandInput, s3.GetBucketPolicyCommandOutput];
  "s3:GetBucketPolicyStatus": [
    s3.GetBucketPolicyStatusCommandInput,
    s3.GetBucketPolicyStatusCommandOutput,
  ];
  "s3:GetBucketAcl": [s3.GetBucketAclCommandInput, s3.GetBucketAclCommandOutput];
  "s3:GetBucketOwnershipControls": [
    s3.GetBucketOwnershipControlsCommandInput,
    s3.GetBucketOwnershipControlsCommandOutput,
  ];
  "s3:GetObjectLockConfiguration": [
    s3.GetObjectLockConfigurationCommandInput,
    s3.GetObjectLockConfigurationCommandOutput,
  ];
  "s3:GetBucketLogging": [s3.GetBucketLoggingCommandInput, s3.GetBucketLoggingCommandOutput];
  "s3:GetBucketLifecycleConfiguration": [
    s3.GetBucketLifecycleConfigurationCommandInput,
    s3.GetBucketLifecycleConfigurationCommandOutput,
  ];
  "s3:GetBucketReplication": [
    s3.GetBucketReplicationCommandInput,
    s3.GetBucketReplicationCommandOutput,
  ];
  "s3:GetBucketRequestPayment": [
    s3.GetBucketRequestPaymentCommandInput,
    s3.GetBucketRequestPaymentCommandOutput,
  ];
  "s3:ListObjectsV2": [s3.ListObjectsV2CommandInput, s3.ListObjectsV2CommandOutput];
  "s3control:GetPublicAccessBlock": [
    s3control.GetPublicAccessBlockCommandInput,
    s3control.GetPublicAccessBlockCommandOutput,
  ];
};
