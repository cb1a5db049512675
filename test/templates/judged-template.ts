import type { SubjectVerdict } from "../../src/evaluate/verdict.ts";
import { checked, write } from "../commands/check/checked.ts";
import { folder } from "../whole-path/judged.ts";

/** Parts of a template, each in YAML; what is left out is a trail that logs to a bucket beside it. */
export type Told = {
  /** Parameters, conditions, mappings. */
  sections?: string;
  /** Properties of the trail, beside its bucket. */
  trail?: string;
  logging?: string;
  /** What stands beside the trail's properties. */
  trailBeside?: string;
  /** Properties of the bucket. */
  bucket?: string;
  /** Another resource. */
  beside?: string;
};

/** The template that is made of such parts. */
export function templateOf(told: Told): string {
  const { sections = "", trail = "", logging = "IsLogging: true", bucket = "" } = told;
  return `${sections}
Resources:
  Trail:
    Type: AWS::CloudTrail::Trail
    ${told.trailBeside ?? ""}
    Properties:
      S3BucketName: !Ref Bucket
      ${logging}
      ${trail}
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: audit-logs
      ${bucket}
  ${told.beside ?? ""}
`;
}

/** Every verdict of `trailproof check` on such a template. */
export async function judgedTemplate(told: Told): Promise<{ verdicts: SubjectVerdict[] }> {
  const path = folder();
  write(path, { "audit.yaml": templateOf(told) });
  const run = await checked(path, ["--all", "audit.yaml"]);
  const { verdicts }: { verdicts: SubjectVerdict[] } = JSON.parse(run.file("results.json"));
  return { verdicts };
}
