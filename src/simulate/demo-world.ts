import { demoWorldText } from "./demo-world-text.ts";
import { type OrganizationWorld, readWorld } from "./world.ts";

/** The organization that `trailproof demo` scans: twenty-one accounts with telling flaws. */
export function demoWorld(): OrganizationWorld {
  const world = readWorld(demoWorldText, "demo-world.yaml");
  const { organization } = world;
  if (organization === undefined) throw new Error("the demo world has no organization");
  return { ...world, organization };
}
