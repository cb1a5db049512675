/**
 * What a pattern makes of the events of a class: it catches each, it catches none, it catches some
 * and not others as far as can be seen, or what it does is not understood.
 */
export type Outcome = "each" | "none" | "depends" | "unclear";

/** Every part must catch the event. */
export function allOf(outcomes: readonly Outcome[]): Outcome {
  return strongest(outcomes, ["none", "unclear", "depends"], "each");
}

/** One part that catches the event is enough. */
export function anyOf(outcomes: readonly Outcome[]): Outcome {
  return strongest(outcomes, ["each", "unclear", "depends"], "none");
}

export function opposite(outcome: Outcome): Outcome {
  if (outcome === "each") return "none";
  return outcome === "none" ? "each" : outcome;
}

function strongest(outcomes: readonly Outcome[], order: Outcome[], rest: Outcome): Outcome {
  return order.find((each) => outcomes.includes(each)) ?? rest;
}
