import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import {
  type CompleteErrorPolicy,
  errorAction,
  type PolicyKind,
  policyKind,
  usualErrorPolicy,
} from "@/contracts/jobs";
import { errorActionWords, errorKindWords } from "../error-policy-words";
import { unusual } from "./job-draft";

type ErrorPolicyFieldsProps = {
  policy: CompleteErrorPolicy;
  onChange: (policy: CompleteErrorPolicy) => void;
};

/** What becomes of a record, or of the job, after each kind of error; folded, for the usual is mostly right. */
export function ErrorPolicyFields({ policy, onChange }: ErrorPolicyFieldsProps) {
  const changed = Object.keys(unusual(policy)).length;
  return (
    <details>
      <summary className="cursor-pointer rounded-sm font-medium">
        Advanced: when a call fails{changed > 0 ? ` (${changed} changed)` : ""}
      </summary>
      <div className="mt-2 flex flex-col gap-4">
        <p className="text-muted">A key, model or account that the provider refuses always pauses the job.</p>
        <div className="grid gap-4 sm:grid-cols-2">
          {policyKind.options.map((kind) => (
            <Field key={kind} label={errorKindWords[kind].name} hint={errorKindWords[kind].hint}>
              {(control) => (
                <Select
                  {...control}
                  options={choices(kind)}
                  value={policy[kind]}
                  onValueChange={(action) => onChange({ ...policy, [kind]: action })}
                />
              )}
            </Field>
          ))}
        </div>
        {changed > 0 ? (
          <Button size="sm" className="self-start" onClick={() => onChange(usualErrorPolicy)}>
            Back to the usual
          </Button>
        ) : null}
      </div>
    </details>
  );
}

const choices = (kind: PolicyKind) =>
  errorAction.options.map((value) => ({
    value,
    label:
      value === usualErrorPolicy[kind]
        ? `${errorActionWords[value].name} (usual)`
        : errorActionWords[value].name,
    hint: errorActionWords[value].hint,
  }));
