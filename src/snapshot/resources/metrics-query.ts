import type { Alarm } from "./alarm.ts";

/** Whether an expression is a Metrics Insights query, as in `SELECT SUM(Changes) FROM Audit`. */
export const isQuery = ({ expression }: Alarm["expressions"][number]): boolean =>
  /^\s*SELECT\b/i.test(expression);
