import type { LabelDefinition } from "@/contracts/label-schema";
import type { Project } from "@/contracts/projects";
import type { AnnotatorOverview } from "@/contracts/records";
import type { Subset } from "@/contracts/subsets";

/** The names that a query of one project can use: what the builder suggests and what a description reads. */
export type Vocabulary = {
  labels: readonly LabelDefinition[];
  metadata: Project["metadata"];
  annotators: readonly AnnotatorOverview[];
  subsets: readonly Pick<Subset, "id" | "name">[];
  /** Members, to whom records can be assigned; none where the reader may not know them. */
  people: readonly { id: string; name: string }[];
};

/** The name of an annotator in any form of its id. */
export function annotatorName({ annotators }: Vocabulary, ref: string): string {
  const id = bareId(ref);
  return annotators.find((annotator) => annotator.id === id)?.name ?? "somebody unknown";
}

/** The bare id of `job:<id>`, `user:<id>` or `<id>`. */
export const bareId = (ref: string): string => ref.slice(ref.indexOf(":") + 1).toLowerCase();
