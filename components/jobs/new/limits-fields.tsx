import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { ErrorPolicyFields } from "./error-policy-fields";
import type { JobDraft } from "./job-draft";

type LimitsFieldsProps = {
  draft: JobDraft;
  onChange: (change: Partial<JobDraft>) => void;
  problemOfField: (path: string) => string | undefined;
};

type NumberField = "spendCapUsd" | "concurrency" | "maxRetries" | "timeoutSeconds";

/** What bounds the job: money, calls at a time, tries, time; and what it does after an error. */
export function LimitsFields({ draft, onChange, problemOfField }: LimitsFieldsProps) {
  const number = (name: NumberField, path: string, label: string, hint: string, optional = false) => (
    <Field label={label} hint={hint} optional={optional} error={problemOfField(path)}>
      {(control) => (
        <Input
          {...control}
          inputMode="decimal"
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
  // Batches have a time of their own, and are bound by the provider's room for them.
  const live = draft.mode === "live";
  return (
    <div className="flex flex-col gap-4">
      {number(
        "spendCapUsd",
        "spendCapUsd",
        "Spend cap, US dollars",
        "The job pauses before a call that could pass it",
        true,
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        {live
          ? number(
              "concurrency",
              "concurrency",
              "Calls at a time",
              "At most; fewer when the provider slows down",
            )
          : null}
        {number("maxRetries", "maxRetries", "Further tries", "After a failed call")}
        {live ? number("timeoutSeconds", "timeoutMs", "Time-out, seconds", "For one call") : null}
      </div>
      <Checkbox
        checked={draft.fresh}
        onCheckedChange={(checked) => onChange({ fresh: checked === true })}
        label="Ask anew"
        hint="Also where the same request was answered before; otherwise that answer is taken and costs nothing"
      />
      <ErrorPolicyFields policy={draft.errorPolicy} onChange={(errorPolicy) => onChange({ errorPolicy })} />
    </div>
  );
}
