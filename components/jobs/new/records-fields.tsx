import { useNamesApart } from "@/components/labelling/use-names-apart";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { RadioGroup, type RadioOption } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import type { Subset } from "@/contracts/subsets";
import type { JobDraft, RecordChoice } from "./job-draft";
import { SearchDoubts } from "./search-doubts";

type RecordsFieldsProps = {
  project: string;
  draft: JobDraft;
  onChange: (change: Partial<JobDraft>) => void;
  subsets: readonly Subset[];
  problemOfField: (path: string) => string | undefined;
};

/** Which records the job asks about. */
export function RecordsFields({ project, draft, onChange, subsets, problemOfField }: RecordsFieldsProps) {
  const nameOf = useNamesApart(subsets);
  const format = useFormat();
  const chosen = draft.recordIds.length;
  const none = subsets.length === 0;
  const options: RadioOption<RecordChoice>[] = [
    { value: "all", label: "All records" },
    {
      value: "subset",
      label: "A saved subset",
      hint: none ? "There is none yet: save a search on the records page" : "Frozen when the job starts",
      disabled: none,
    },
    { value: "search", label: "What a search finds", hint: "Frozen when the job starts" },
    ...(chosen > 0
      ? [
          {
            value: "records" as const,
            label: chosen === 1 ? "The record you selected" : `The ${chosen} records you selected`,
          },
        ]
      : []),
  ];
  return (
    <div className="flex flex-col gap-4">
      <RadioGroup
        aria-label="Records"
        options={options}
        value={draft.choice}
        onValueChange={(choice) => onChange({ choice })}
      />
      {draft.choice === "subset" ? (
        <Field label="Subset" error={problemOfField("subsetId")}>
          {(control) => (
            <Select
              {...control}
              options={subsets.map(({ id, name, count }) => ({
                value: id,
                label: nameOf.get(id) ?? name,
                hint: format.counted(count, "record"),
              }))}
              value={draft.subsetId ?? undefined}
              onValueChange={(subsetId) => onChange({ subsetId })}
            />
          )}
        </Field>
      ) : null}
      {draft.choice === "search" ? (
        <Field
          label="Search"
          hint="Words of the text, or a query as the records page and the API write it"
          error={problemOfField("query")}
        >
          {(control) => (
            <Input
              {...control}
              value={draft.search}
              onChange={(event) => onChange({ search: event.target.value })}
            />
          )}
        </Field>
      ) : null}
      {draft.choice === "search" ? <SearchDoubts project={project} search={draft.search} /> : null}
      {draft.choice === "records" && problemOfField("recordIds") ? (
        <p role="alert" className="text-bad text-xs">
          {problemOfField("recordIds")}
        </p>
      ) : null}
    </div>
  );
}
