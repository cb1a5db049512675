import type { Answer, Request } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import type { Protocol } from "../protocols/protocol.ts";

/** One operation: a pure function of call and world. Throws Refusal for an AWS error. */
export type Operation = (request: Request, world: IndexedWorld) => Answer;

/** One AWS service: how it speaks, and what it answers. */
export type Service = {
  name: string;
  protocol: Protocol;
  operations: Readonly<Record<string, Operation>>;
  /** Parameters that name the resource of a call, for faults and messages. */
  resourceParameters: readonly string[];
  /** The IAM action where it is not `service:Operation`. */
  actions?: Readonly<Record<string, string>>;
  /** What S3 tells even those whom it refuses. */
  headersOnRefusal?: (request: Request, world: IndexedWorld) => Record<string, string>;
  /** Answers wherever it is called: the service is one for the whole partition. */
  isGlobal?: boolean;
};
