"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { Subset } from "@/contracts/subsets";
import type { Division, SampleDraft, SampleProblems } from "./sample-draft";

type SampleFieldsProps = {
  draft: SampleDraft;
  problems: SampleProblems;
  divisions: readonly Division[];
  subsets: readonly Pick<Subset, "id" | "name">[];
  onChange: (part: Partial<SampleDraft>) => void;
};

const NOTHING = "nothing";

/** How many records, by which seed, divided by what, and which are left out. */
export function SampleFields({ draft, problems, divisions, subsets, onChange }: SampleFieldsProps) {
  const division = divisions.find(({ key }) => key === draft.division);
  const isGiven = division !== undefined && draft.allocation === "given";
  return (
    <>
      <div className="flex flex-wrap items-start gap-4">
        {isGiven ? null : (
          <Field label="How many" error={problems.size}>
            {(control) => (
              <span className="flex items-center gap-2">
                <Input
                  {...control}
                  inputMode="decimal"
                  className="w-28"
                  value={draft.sizeAs === "size" ? draft.size : draft.share}
                  onChange={(event) => onChange({ [draft.sizeAs]: event.target.value })}
                />
                <SegmentedControl
                  label="Count in"
                  value={draft.sizeAs}
                  onValueChange={(sizeAs) => onChange({ sizeAs })}
                  options={[
                    { value: "size", label: "Records" },
                    { value: "share", label: "Per cent" },
                  ]}
                />
              </span>
            )}
          </Field>
        )}
        <Field label="Seed" hint="The same seed draws the same records" error={problems.seed}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              className="w-32"
              value={draft.seed}
              onChange={(event) => onChange({ seed: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap items-start gap-4">
        <Field label="Divide by" className="min-w-56 flex-1">
          {(control) => (
            <Select
              {...control}
              value={draft.division || NOTHING}
              onValueChange={(key) => onChange({ division: key === NOTHING ? "" : key, given: {} })}
              options={[
                { value: NOTHING, label: "Nothing: each record has the same chance" },
                ...divisions.map(({ key, label }) => ({ value: key, label })),
              ]}
            />
          )}
        </Field>
        {division && "confidence" in division.by ? (
          <Field label="Bins" error={problems.bins}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                className="w-20"
                value={draft.bins}
                onChange={(event) => onChange({ bins: event.target.value, given: {} })}
              />
            )}
          </Field>
        ) : null}
        {division ? (
          <Field label="Take of each" error={problems.given}>
            {(control) => (
              <Select<SampleDraft["allocation"]>
                {...control}
                value={draft.allocation}
                onValueChange={(allocation) => onChange({ allocation })}
                options={[
                  { value: "proportional", label: "In proportion" },
                  { value: "equal", label: "Equally many" },
                  { value: "given", label: "As I say" },
                ]}
              />
            )}
          </Field>
        ) : null}
      </div>
      {subsets.length > 0 ? (
        <details>
          <summary className="cursor-pointer rounded-sm font-medium">
            Leave out records of other subsets
            {draft.exclude.length > 0 ? ` (${draft.exclude.length})` : ""}
          </summary>
          <div className="mt-1 max-h-40 overflow-y-auto">
            {subsets.slice(0, 200).map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={draft.exclude.includes(id)}
                disabled={draft.exclude.length >= 20 && !draft.exclude.includes(id)}
                onCheckedChange={(checked) =>
                  onChange({
                    exclude:
                      checked === true
                        ? [...draft.exclude, id]
                        : draft.exclude.filter((excluded) => excluded !== id),
                  })
                }
              />
            ))}
          </div>
        </details>
      ) : null}
    </>
  );
}
