import type { Work } from "@/contracts/annotating";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";

/** What is labelled, in a few words. */
export const workTitle = ({ subset }: Pick<Work, "subset">): string =>
  subset ? `Label ${subset.name}` : "Label records";

/** Where one came from, and goes when all is done. */
export function wayBack(
  { slug, name, role }: Project,
  { assignment, subset }: Pick<Work, "assignment" | "subset">,
): { label: string; href: string } {
  if (assignment || !roleAllows(role, "members:read")) return { label: name, href: `/p/${slug}` };
  return subset
    ? { label: "Subsets", href: `/p/${slug}/subsets` }
    : { label: "Records", href: `/p/${slug}/records` };
}
