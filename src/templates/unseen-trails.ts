import type { UnseenModule } from "./resource.ts";

/** What people call modules that make trails, or whole accounts with their trails. */
const ABOUT_TRAILS = /trail|audit|landing.?zone|guard.?rail|baseline|log.?archive/i;

/** Whether a module that is not at hand is called as if it held trails; of others nobody expects any. */
export const mayHoldTrail = ({
  address,
  source,
}: Pick<UnseenModule, "address" | "source">): boolean =>
  ABOUT_TRAILS.test(address.replace(/\[[^\]]*\]/g, "")) || ABOUT_TRAILS.test(source);
