import { AuditError } from "../errors.ts";
import { builtinPolicies } from "../policy/builtin.ts";
import { compilePolicy } from "../policy/compile.ts";
import { exampleSubject } from "../policy/example.ts";
import { builtinFrameworks } from "../policy/frameworks.ts";
import { resolveParameters } from "../policy/parameters.ts";
import type { Policy } from "../policy/policy.ts";
import { harmless } from "../report/terminal.ts";
import type { Console } from "./console.ts";

/** `policies list`: one line a policy. */
export function listPolicies({ out }: Console): number {
  const policies = builtinPolicies();
  const width = Math.max(...policies.map(({ id }) => id.length));
  for (const { id, severity, subject, title } of policies) {
    out(`${id.padEnd(width)}  ${severity.padEnd(8)}  ${subject.padEnd(12)}  ${title}\n`);
  }
  return 0;
}

/** `policies show <id>`: the policy's page, as the docs have it. */
export async function showPolicy(id: string, { out }: Console): Promise<number> {
  const policy = builtinPolicies().find((each) => each.id === id);
  if (policy === undefined) {
    throw new AuditError(
      "bad-option",
      `there is no policy \`${harmless(id)}\``,
      "`trailproof policies list` prints the ids.",
    );
  }
  const { policyPage } = await import("../report/policy-page.ts");
  out(policyPage(policy, builtinFrameworks()));
  return 0;
}

/** `policies lint <dir>`: says what is wrong with each file; exit code 2 where something is. */
export async function lintPolicies(folder: string, { out, err }: Console): Promise<number> {
  const { lintFolder } = await import("../policy/load.ts");
  const { policies, faults } = lintFolder(folder);
  for (const { code, message, cure } of faults) err(`${code}: ${message}\n  ${cure}\n`);
  out(`${policies.length} of ${policies.length + faults.length} policies are well made.\n`);
  return faults.length === 0 ? 0 : 2;
}

/** `policies test <dir>`: runs the examples of each policy; exit code 2 where one is not as it says. */
export async function testPolicies(folder: string, console: Console): Promise<number> {
  const { loadPolicies } = await import("../policy/load.ts");
  const policies = loadPolicies(folder);
  const parameters = resolveParameters([...builtinPolicies(), ...policies], {});
  let wrong = 0;
  for (const policy of policies) {
    const { judge } = compilePolicy(policy, parameters);
    for (const { claimed, difference, number } of examples(policy)) {
      const verdict = judge(exampleSubject(policy.subject, difference))?.verdict ?? "not asked";
      if (verdict !== claimed) wrong += 1;
      const mark = verdict === claimed ? console.paint.green("ok  ") : console.paint.red("FAIL");
      console.out(
        `${mark} ${policy.id}: ${claimed} example ${number}${verdict === claimed ? "" : ` gives ${verdict}`}\n`,
      );
    }
  }
  return wrong === 0 ? 0 : 2;
}

function examples({ examples: { pass, fail, unknown } }: Policy) {
  return Object.entries({ pass, fail, unknown }).flatMap(([claimed, differences]) =>
    differences.map((difference, index) => ({ claimed, difference, number: index + 1 })),
  );
}
