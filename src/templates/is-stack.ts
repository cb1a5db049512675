/** Terraform's types that stand for a template of CloudFormation. */
const STACKS: ReadonlySet<string> = new Set([
  "aws_cloudformation_stack",
  "aws_cloudformation_stack_set",
  "awscc_cloudformation_stack",
  "awscc_cloudformation_stack_set",
]);

/** Whether a resource of Terraform makes stacks of a template that it holds or names. */
export const isStack = (type: string): boolean => STACKS.has(type);
