import type { Ask } from "./call.ts";
import type { Views } from "./run.ts";

/** Remembers DescribeTrails per account and region, for trails whose owner is audited too. */
export function createViews(ask: Ask): Views {
  const views = new Map<string, Map<string, ReturnType<Views["of"]>>>();
  return {
    of(place) {
      const { accountId } = place.caller;
      const regions = views.get(accountId) ?? new Map<string, ReturnType<Views["of"]>>();
      views.set(accountId, regions);
      const known = regions.get(place.region);
      if (known !== undefined) return known;
      // Without shadow trails AWS leaves out organization trails and other regions' trails.
      const view = ask("cloudtrail:DescribeTrails", place, { includeShadowTrails: true });
      regions.set(place.region, view);
      return view;
    },
    forget(accountId) {
      views.delete(accountId);
    },
  };
}
