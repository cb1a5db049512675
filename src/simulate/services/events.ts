import type { Request } from "../answers.ts";
import { type Answer, documentText, given, givenNumber, page, Refusal } from "../answers.ts";
import type { IndexedWorld } from "../indexed-world.ts";
import { jsonProtocol } from "../protocols/json.ts";
import type { EventRule } from "../schema/event-rules.ts";
import type { Service } from "./service.ts";

const LARGEST_PAGE = 100;
const DEFAULT_BUS = "default";

/** EventBridge, by the name that it signs with. */
export const events: Service = {
  name: "events",
  protocol: jsonProtocol("1.1"),
  resourceParameters: ["Rule", "EventBusName", "NamePrefix"],
  operations: { ListRules: listRules, ListTargetsByRule: listTargetsByRule },
};

/** The rules of one bus; other buses than the default one exist where they have a rule. */
function rulesIn({ input, caller, region }: Request, { world }: IndexedWorld): EventRule[] {
  const bus = given(input, "EventBusName") ?? DEFAULT_BUS;
  const rules = (world.eventRules ?? []).filter(
    (each) =>
      each.account === caller.accountId &&
      each.region === region &&
      (each.eventBus ?? DEFAULT_BUS) === bus,
  );
  if (rules.length > 0 || bus === DEFAULT_BUS) return rules;
  throw new Refusal("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
}

function paged<T>({ input }: Request, items: readonly T[]) {
  const size = Math.min(givenNumber(input, "Limit") ?? LARGEST_PAGE, LARGEST_PAGE);
  return page(items, { token: given(input, "NextToken"), size }, () => {
    return new Refusal("ValidationException", "Invalid NextToken.");
  });
}

function listRules(request: Request, world: IndexedWorld): Answer {
  const prefix = given(request.input, "NamePrefix") ?? "";
  const rules = rulesIn(request, world)
    .filter(({ name }) => name.startsWith(prefix))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
  const { items, next } = paged(request, rules);
  return { body: { Rules: items.map((each) => rule(world, each)), NextToken: next } };
}

/** Rules of the default bus leave the bus out of their ARN. */
function rule({ partition }: IndexedWorld, each: EventRule): unknown {
  const { name, account, region, eventBus = DEFAULT_BUS, eventPattern } = each;
  const path = eventBus === DEFAULT_BUS ? name : `${eventBus}/${name}`;
  return {
    Name: name,
    Arn: `arn:${partition}:events:${region}:${account}:rule/${path}`,
    EventPattern: eventPattern === undefined ? undefined : documentText(eventPattern),
    ScheduleExpression: each.scheduleExpression,
    State: each.state ?? "ENABLED",
    EventBusName: eventBus,
  };
}

function listTargetsByRule(request: Request, world: IndexedWorld): Answer {
  const name = given(request.input, "Rule") ?? "";
  const found = rulesIn(request, world).find((each) => each.name === name);
  if (found === undefined) {
    throw new Refusal("ResourceNotFoundException", `Rule ${name} does not exist on EventBus.`);
  }
  const targets = (found.targets ?? []).map((Arn, index) => ({ Id: `target-${index}`, Arn }));
  const { items, next } = paged(request, targets);
  return { body: { Targets: items, NextToken: next } };
}
