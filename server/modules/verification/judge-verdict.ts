import type { LabelDefinition } from "@/contracts/label-schema";
import type { VerdictStatus } from "@/contracts/verifications";
import { normalizeValue } from "@/server/modules/annotations";

export type GivenVerdict = {
  /** Left out: follows from the value. null: takes the verdict back. */
  status?: VerdictStatus | null;
  value: readonly string[];
  reason?: string;
};
export type JudgedVerdict =
  | { ok: true; status: VerdictStatus | null; value: string[] }
  | { ok: false; code: "invalid_value" | "wrong_status"; message: string };

/**
 * Whether a verdict on a job's label can stand, and what it says: it confirms if and only if its options are the
 * job's, corrects otherwise; "can't tell" has no value.
 * @param label the definition in the schema version that counts
 */
export function judgeVerdict(
  label: LabelDefinition,
  jobValue: readonly string[],
  { status, value: given, reason }: GivenVerdict,
): JudgedVerdict {
  if (reason !== undefined && status !== "UNSURE")
    return refused("wrong_status", `A reason belongs to "can't tell": send it with status UNSURE.`);
  if (status === null) return { ok: true, status: null, value: [] };
  if (status === "UNSURE")
    return given.length === 0
      ? { ok: true, status, value: [] }
      : refused("invalid_value", `"Can't tell" has no value; send an empty list.`);
  const options = new Set(label.options.map((option) => option.value));
  const unknown = given.find((value) => !options.has(value));
  if (unknown !== undefined)
    return refused(
      "invalid_value",
      `"${unknown}" is no option of "${label.name}"; options are ${[...options].map((one) => `"${one}"`).join(", ")}.`,
    );
  const value = normalizeValue(given);
  if (!label.multi && value.length !== 1)
    return refused("invalid_value", `"${label.name}" takes exactly one option, not ${value.length}.`);
  const follows = sameOptions(value, jobValue) ? "CONFIRMS" : "CORRECTS";
  if (status !== undefined && status !== follows)
    return refused(
      "wrong_status",
      `This value ${follows} the job's label; leave status out, or send ${follows}.`,
    );
  return { ok: true, status: follows, value };
}

/** Whether two normalised values are the same set of options. */
export const sameValue = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, index) => value === b[index]);

/** Whether two values, as anybody may have written them, are the same set of options. */
export const sameOptions = (a: readonly string[], b: readonly string[]): boolean =>
  sameValue(normalizeValue(a), normalizeValue(b));

const refused = (code: "invalid_value" | "wrong_status", message: string) => ({
  ok: false as const,
  code,
  message,
});
