/**
 * Why a run could not go on. Each code is documented in README under "When it cannot run"; the
 * command ends with exit code 2.
 */
export type AuditErrorCode =
  | "bad-option"
  | "bad-config"
  | "bad-policy"
  | "bad-snapshot"
  | "bad-results"
  | "bad-world"
  | "bad-template"
  | "no-credentials"
  | "no-accounts"
  | "cannot-list-accounts"
  | "cannot-write"
  | "unknown-command";

/** The only error a user is meant to see. Anything else that escapes is a bug (exit code 4). */
export class AuditError extends Error {
  override readonly name = "AuditError";
  readonly code: AuditErrorCode;
  /** What the operator does about it, in one sentence. */
  readonly cure: string;

  constructor(code: AuditErrorCode, message: string, cure: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.cure = cure;
  }
}
