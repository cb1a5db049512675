import { all, type Truth } from "../../snapshot/logic.ts";
import type { TrailRecord } from "../../snapshot/resources/trail.ts";
import { unknown } from "../../snapshot/unknown.ts";
import type { Join } from "../join.ts";
import type { Users } from "../users.ts";

/** Whether it holds for every trail that uses a resource; trails that were not seen are asked too. */
export function forEveryTrail(
  { trails }: Join,
  users: Users,
  holds: (trail: TrailRecord) => Truth,
): Truth {
  return all(users.trails, (arn) => {
    const trail = trails.get(arn);
    return trail === undefined ? unknown("not-collected", { detail: arn }) : holds(trail.record);
  });
}
