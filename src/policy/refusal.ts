import { AuditError } from "../errors.ts";

/** A fault of a policy at a JSON pointer of its file; the loader adds file, line and column. */
export class PolicyFault extends AuditError {
  readonly pointer: string;

  constructor(pointer: string, message: string, cure: string) {
    super("bad-policy", `${pointer || "/"}: ${message}`, cure);
    this.pointer = pointer;
    this.what = message;
  }

  /** What is wrong, without the place. */
  readonly what: string;
}
