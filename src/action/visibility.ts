import { readFileSync } from "node:fs";

/**
 * Whether strangers may read the log of this run: true unless the event says that the repository is
 * private or internal, for what was once printed in public cannot be taken back.
 */
export function isPublic({ GITHUB_EVENT_PATH: path }: NodeJS.ProcessEnv): boolean {
  const repository = path === undefined ? null : repositoryOf(path);
  if (repository === null) return true;
  const visibility = "visibility" in repository ? repository.visibility : undefined;
  if (typeof visibility === "string") return visibility !== "private" && visibility !== "internal";
  return !("private" in repository && repository.private === true);
}

function repositoryOf(path: string): object | null {
  const event = parsed(path);
  if (typeof event !== "object" || event === null || !("repository" in event)) return null;
  return typeof event.repository === "object" ? event.repository : null;
}

/** The event, or null where there is none that can be read: then nothing is known of the repository. */
function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
