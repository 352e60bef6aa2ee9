"use client";

import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { LabelDefinition } from "@/contracts/label-schema";
import { MOST_RETRIEVED, type RetrievedExamples } from "@/contracts/prompt-examples";
import { useTRPC } from "@/trpc/client";
import { marksSpans, useAskedLabels, useStudio } from "../studio-context";
import { FromJobs } from "./from-jobs";

type RetrievedFieldsProps = {
  retrieval: RetrievedExamples;
  put: (examples: RetrievedExamples) => void;
  /** How many verified records there are to choose from. */
  poolSize: number | null | undefined;
};

const ALL = "all";
const BY_TEXT = "text";

/** How examples are looked for: how many, compared by what, among which verified records. */
export function RetrievedFields({ retrieval, put, poolSize }: RetrievedFieldsProps) {
  const { project, problemAt, readOnly } = useStudio();
  const trpc = useTRPC();
  const spaces = useQuery(trpc.vectors.list.queryOptions({ project })).data?.items ?? [];
  const change = (part: Partial<RetrievedExamples>) => put({ ...retrieval, ...part });
  const { k, by, vectors, balanced } = retrieval;
  const asked = useAskedLabels();
  const [first] = asked;
  const ofSpans = asked.filter(({ level }) => level === "span");
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start gap-3">
        <Field label="Examples a record" error={problemAt("prompt.examples.k")} className="w-36">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={MOST_RETRIEVED}
              readOnly={readOnly}
              value={Number.isNaN(k) ? "" : k}
              onChange={(event) => change({ k: event.target.valueAsNumber })}
            />
          )}
        </Field>
        <Field
          label="Compared by"
          error={problemAt("prompt.examples.by") ?? problemAt("prompt.examples.vectors")}
          className="w-56"
        >
          {(control) => (
            <Select
              {...control}
              disabled={readOnly}
              value={by === "text" ? BY_TEXT : `vectors ${vectors ?? ""}`}
              options={[
                { value: BY_TEXT, label: "Wording" },
                ...vectorChoices(spaces, by === "vector" ? (vectors ?? "") : null),
              ]}
              onValueChange={(value) =>
                put(withVectors(retrieval, value === BY_TEXT ? null : value.slice("vectors ".length)))
              }
            />
          )}
        </Field>
        <FromSubset retrieval={retrieval} put={put} />
      </div>
      <Checkbox
        label="Balance the values"
        hint={balanceHint(first)}
        disabled={readOnly}
        checked={balanced}
        onCheckedChange={(on) => change({ balanced: on === true })}
      />
      <FromJobs
        jobIds={retrieval.from.jobIds}
        put={(jobIds) => {
          const { jobIds: _before, ...from } = retrieval.from;
          change({ from: jobIds ? { ...from, jobIds } : from });
        }}
      />
      {ofSpans.length > 0 ? (
        <p className="text-muted text-xs">
          {marksSpans(ofSpans)}: a text is an example once people have decided on every span that a job marked
          in it, or on its finding none. What they marked themselves belongs to it.
        </p>
      ) : null}
      <Pool poolSize={poolSize} narrowed={isNarrowed(retrieval)} />
    </div>
  );
}

function FromSubset({ retrieval, put }: Pick<RetrievedFieldsProps, "retrieval" | "put">) {
  const { project, problemAt, readOnly } = useStudio();
  const trpc = useTRPC();
  const subsets = useQuery(trpc.subsets.list.queryOptions({ project, limit: 200 })).data?.items ?? [];
  const { subsetId, ...from } = retrieval.from;
  return (
    <Field
      label="Among the verified"
      hint="Of a subset of their own, all records of another can be scored."
      error={problemAt("prompt.examples.from.subsetId")}
      className="w-64"
    >
      {(control) => (
        <Select
          {...control}
          disabled={readOnly}
          value={subsetId ?? ALL}
          options={[
            { value: ALL, label: "Records of the project" },
            ...subsets.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onValueChange={(value) =>
            put({ ...retrieval, from: value === ALL ? from : { ...from, subsetId: value } })
          }
        />
      )}
    </Field>
  );
}

const balanceHint = (first: LabelDefinition | undefined): string =>
  first?.level === "span"
    ? "As many texts with each option of the first label, and as many without a span, as far as they go."
    : "As many examples of each value of the first label, as far as they go.";

const isNarrowed = ({ from }: RetrievedExamples): boolean =>
  from.jobIds !== undefined || from.subsetId !== undefined;

type PoolProps = {
  poolSize: number | null | undefined;
  /** To some jobs, or to a subset. */
  narrowed: boolean;
};

function Pool({ poolSize, narrowed }: PoolProps) {
  const format = useFormat();
  if (poolSize === null || poolSize === undefined) return null;
  if (poolSize === 0)
    return (
      <Notice
        tone="warn"
        title={
          narrowed
            ? "None of these is verified for every label"
            : "No record is verified for these labels yet"
        }
      >
        A job of this agent can't be started until some are.{" "}
        {narrowed
          ? "Choose other jobs or another subset, or verify labels first."
          : "Verify labels of another job first."}
      </Notice>
    );
  return (
    <p className="text-muted text-xs">
      {format.count(poolSize)} verified {poolSize === 1 ? "record" : "records"} to choose from. A job keeps to
      those that are verified when it starts.
    </p>
  );
}

/** What can be compared, with what is chosen though no record has it. */
function vectorChoices(spaces: readonly { name: string }[], chosen: string | null) {
  const names = spaces.map(({ name }) => name);
  const all = chosen === null || chosen === "" || names.includes(chosen) ? names : [...names, chosen];
  return [
    ...(chosen === "" ? [{ value: "vectors ", label: "The newest vectors" }] : []),
    ...all.map((name) => ({ value: `vectors ${name}`, label: `Vectors ${name}` })),
  ];
}

function withVectors(retrieval: RetrievedExamples, name: string | null): RetrievedExamples {
  const { vectors: _before, ...others } = retrieval;
  if (name === null) return { ...others, by: "text" };
  return { ...others, by: "vector", ...(name === "" ? {} : { vectors: name }) };
}
