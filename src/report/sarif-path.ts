import { type FindingSubject, isPlannedId } from "../evaluate/finding.ts";

/**
 * The virtual path of a subject in a code scanning alert: part of the alert's identity, so it holds
 * nothing that may be unknown, and no colon, which GitHub would read as a scheme.
 */
export function sarifPath(subject: FindingSubject): string {
  const path = isPlannedId(subject.id) ? planned(subject) : ["aws", ...segments(subject)];
  return path.map(segment).join("/");
}

/**
 * The path of a file of the repository as a relative URI; null where it is no path below the root,
 * which GitHub would take for a scheme or refuse with all that is in the SARIF file.
 */
export function filePath(file: string): string | null {
  const parts = file.split("/");
  const isBelow = parts.every((part) => !["", ".", ".."].includes(part));
  return isBelow ? parts.map(segment).join("/") : null;
}

/** What a plan or template describes, where its source is not at hand: by stack and address. */
function planned({ id }: FindingSubject): string[] {
  const [stack = "", ...address] = id.split("#");
  return ["planned", ...stack.split("/"), ...address.join("#").split("/")];
}

function segments({ kind, id, name, account, arn }: FindingSubject): string[] {
  const owner = account ?? "unknown";
  const { account: arnAccount, region, last } = arnParts(arn ?? "");
  switch (kind) {
    case "organization":
      return [owner, "organization"];
    case "account":
      return [owner, "account"];
    case "region":
    case "regions":
      return [owner, "regions"];
    case "trail":
      return [arnAccount, region, "trail", name];
    case "replica":
      return [owner, "replica", arnAccount, region, name];
    case "bucket":
      return ["bucket", name];
    case "unknown":
      return ["unknown", ...id.split("/")];
    case "key":
    case "log-group":
    case "event-data-store":
    case "change":
      return [arnAccount, region, kind, last || id];
  }
}

/** What follows the resource's type: a key's id, a log group's name. */
function arnParts(arn: string): { region: string; account: string; last: string } {
  const [, , , region = "", account = "", ...rest] = arn.split(":");
  const resource = rest.join(":").replace(/:\*$/, "");
  return {
    region,
    account,
    last: resource.replace(/^(key\/|alias\/|log-group:|eventdatastore\/)/, ""),
  };
}

/** One path segment, percent-encoded as RFC 3986 asks; never empty, never dots alone. */
function segment(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return /^\.*$/.test(encoded) ? `_${encoded}` : encoded;
}
