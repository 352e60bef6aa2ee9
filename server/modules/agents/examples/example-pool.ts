import type { ExampleLabels } from "@/contracts/prompt-examples";

/** A verified record that may be shown as an example. */
export type PoolExample = {
  recordId: string;
  externalId: string;
  content: string;
  /** The external id of the earliest record that this one nearly repeats, as an import marks it. */
  duplicateOf: string | null;
  labels: Readonly<ExampleLabels>;
};

/** What is known of a record when examples are chosen for it; a text given by hand has its content alone. */
export type Target = {
  recordId?: string | undefined;
  externalId?: string | undefined;
  content: string;
  metadata?: Readonly<Record<string, unknown>> | undefined;
};

/** The external id that a record is marked with as nearly repeating, or null. */
export function duplicateOf(metadata: Readonly<Record<string, unknown>> | undefined): string | null {
  const marked = metadata?.duplicate_of;
  return typeof marked === "string" && marked !== "" ? marked : null;
}
