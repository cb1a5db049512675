import { Type } from "typebox";
import { expect, test } from "vitest";
import { factPlace } from "../../src/policy/fact-place.ts";
import { silences } from "../../src/policy/silence.ts";
import { fact, orNull } from "../../src/snapshot/unknown-schema.ts";

const place = factPlace(
  Type.Object({
    tags: fact(Type.Record(Type.String(), fact(Type.String()))),
    state: fact(orNull(Type.Enum(["on", "off"]))),
    count: fact(orNull(Type.Number())),
    list: fact(Type.Array(fact(Type.Boolean()))),
  }),
);
const tags = (schema: unknown) => ({ properties: { tags: schema } });

test.each<[unknown, string[]]>([
  [tags({ properties: { env: { const: "x" } } }), ["/properties/tags/properties/env"]],
  [tags({ properties: { env: { const: "x" } }, required: ["env"] }), []],
  [{ not: tags({ properties: { env: { const: "x" } } }) }, ["/not/properties/tags/properties/env"]],
  [{ anyOf: [{ required: ["tags"] }, {}] }, ["/anyOf/1"]],
  [{ properties: { state: { type: "string" } } }, []],
  [{ properties: { state: { type: ["string", "null"] } } }, ["/properties/state"]],
  [{ properties: { state: { enum: ["on", "off"] } } }, []],
  [{ properties: { state: { enum: ["on", "off", null] } } }, ["/properties/state"]],
  [{ properties: { count: { type: ["number", "null"] } } }, ["/properties/count"]],
  [{ properties: { count: { type: "number" } } }, []],
  [{ properties: { list: { contains: { type: "boolean" } } } }, ["/properties/list/contains"]],
  [{ properties: { list: { items: {}, minItems: 1 } } }, ["/properties/list/items"]],
  [{ if: {}, then: { title: "x" }, else: { required: ["tags"] } }, ["/if", "/then"]],
])("%j passes in silence at %j", (schema, pointers) => {
  expect([...silences(schema, place, "")].map(({ pointer }) => pointer)).toEqual(pointers);
});
