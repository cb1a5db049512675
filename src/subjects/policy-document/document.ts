/** An IAM policy document, as it is written. */
export type PolicyDocument = { statements: readonly Statement[] };

export type Statement = {
  /** Its Sid, else `statement 2`. */
  name: string;
  effect: "Allow" | "Deny";
  /** In lower case: IAM does not tell `s3:getObject` from `s3:GetObject`. */
  actions: Listed;
  /** null: none named, as in trust policies. */
  resources: Listed | null;
  /** null: none named, as in policies of identities and service control policies. */
  principals: Principals | null;
  conditions: readonly Condition[];
};

/** What an element lists; `not`: it means everything else. */
export type Listed = { not: boolean; values: readonly string[] };

export type PrincipalType = "AWS" | "Service" | "CanonicalUser" | "Federated";

export type Principals = {
  not: boolean;
  values: readonly NamedPrincipal[];
};
/** One principal as a document names it; `AWS` with `*` is everyone. */
export type NamedPrincipal = { type: PrincipalType; value: string };

/** One condition: it holds if the key has one of the values, in the operator's sense. */
export type Condition = {
  operator: string;
  /** In lower case: names of keys are not case-sensitive. */
  key: string;
  /** As the document spells the key. */
  spelled: string;
  values: readonly string[];
};
