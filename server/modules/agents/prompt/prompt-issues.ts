import type { z } from "zod";
import type { FieldProblem } from "@/contracts/common";

/** What a prompt's shape has wrong, one problem a field. Paths are relative to the prompt settings. */
export const promptIssues = ({ issues }: z.ZodError): FieldProblem[] =>
  issues.flatMap((issue) => problemsOf(issue, []));

function problemsOf(issue: z.core.$ZodIssue, parent: readonly PropertyKey[]): FieldProblem[] {
  const place = [...parent, ...issue.path];
  const path = place.join(".");
  if (issue.code === "invalid_union") {
    const meant = meantForm(issue.errors);
    if (meant) return meant.flatMap((inner) => problemsOf(inner, place));
  }
  if (issue.code !== "unrecognized_keys") return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: path === "" ? key : `${path}.${key}`,
    message: "unknown setting",
  }));
}

type Form = readonly z.core.$ZodIssue[];

/** Of several forms, the one meant is that whose problem lies deepest. */
function meantForm(forms: readonly Form[]): Form | undefined {
  const depth = (form: Form) => Math.max(...form.map(({ path }) => path.length));
  return forms
    .filter((form) => form.every(({ path }) => path.length > 0))
    .reduce<Form | undefined>((best, form) => (best && depth(best) >= depth(form) ? best : form), undefined);
}
