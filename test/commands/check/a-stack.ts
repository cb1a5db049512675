/** A trail with all that it needs, in Terraform; a test replaces a line of it. */
export const STACK = `variable "validation" {
  default = true
}

resource "aws_cloudtrail" "main" {
  name                       = "organization"
  s3_bucket_name             = aws_s3_bucket.logs.bucket
  is_multi_region_trail      = true
  enable_log_file_validation = var.validation
  kms_key_id                 = aws_kms_key.trail.arn
  tags                       = { owner = "security" }
}

resource "aws_kms_key" "trail" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "logs" {
  bucket = "organization-logs"
}
`;

/** The stack with the first of such texts replaced. */
export function stack(...changes: readonly [from: string, to: string][]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the stack has no ${from}`);
    return text.replace(from, to);
  }, STACK);
}
