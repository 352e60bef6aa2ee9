"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import Link from "next/link";
import { recordsHref } from "@/components/query/records-address";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import type { LabelDefinition } from "@/contracts/label-schema";
import { valuesIn } from "@/contracts/prompt-examples";
import { problemOf, useTRPC } from "@/trpc/client";
import { useStudio } from "../studio-context";
import { type DraftExample, draftSpans, withSpans } from "./draft-examples";
import { ExampleSpans } from "./example-spans";
import { withText } from "./place-spans";

type ExampleFieldsProps = {
  index: number;
  /** Of its problems: `prompt.examples.0`. */
  path: string;
  example: DraftExample;
  asked: readonly LabelDefinition[];
  put: (example: DraftExample | null) => void;
};

/** One example with its right answer. */
export function ExampleFields({ index, path, example, asked, put }: ExampleFieldsProps) {
  const { problemAt, readOnly } = useStudio();
  const ofSpans = asked.filter(({ level }) => level === "span");
  const ofRecord = asked.filter(({ level }) => level === "record");
  const record = useExampleRecord(example.recordId);
  const text = example.recordId === undefined ? (example.text ?? "") : record.data?.content;
  const setLabel = (name: string, values: string[]) => {
    const { [name]: _old, ...others } = example.labels;
    put({ ...example, labels: values.length > 0 ? { ...others, [name]: values } : others });
  };
  return (
    <li className="flex flex-col gap-2">
      {example.recordId === undefined ? (
        <Field label={`Example ${index + 1}`} error={problemAt(`${path}.text`)}>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              readOnly={readOnly}
              value={example.text ?? ""}
              onChange={(event) => put(withText(example, event.target.value))}
            />
          )}
        </Field>
      ) : (
        <ExampleRecord
          index={index}
          recordId={example.recordId}
          record={record}
          error={problemAt(`${path}.recordId`)}
        />
      )}
      {ofSpans.map((label) => (
        <ExampleSpans
          key={label.name}
          label={label}
          text={text}
          spans={draftSpans(example, label.name)}
          path={`${path}.labels.${label.name}`}
          setSpans={(spans) => put(withSpans(example, label.name, spans))}
        />
      ))}
      <div className="flex flex-wrap items-end gap-3">
        {ofRecord.map((label) => (
          <ExampleLabel
            key={label.name}
            label={label}
            values={valuesIn(example.labels, label.name)}
            error={problemAt(`${path}.labels.${label.name}`)}
            setValues={(values) => setLabel(label.name, values)}
          />
        ))}
        {readOnly ? null : (
          <IconButton label={`Remove example ${index + 1}`} onClick={() => put(null)}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  );
}

function useExampleRecord(recordId: string | undefined) {
  const { project } = useStudio();
  const trpc = useTRPC();
  return useQuery(
    trpc.records.get.queryOptions({ project, id: recordId ?? "" }, { enabled: recordId !== undefined }),
  );
}

type ExampleRecordProps = {
  index: number;
  recordId: string;
  record: ReturnType<typeof useExampleRecord>;
  error: string | undefined;
};

/** The text of a record as it is now: the prompt shows it so. */
function ExampleRecord({ index, recordId, record, error }: ExampleRecordProps) {
  const { project } = useStudio();
  return (
    <div>
      <p className="font-medium">
        Example {index + 1}
        {record.data ? (
          <Link
            href={recordsHref(project, { query: { ids: [recordId] } })}
            className="ml-2 font-normal text-accent text-xs"
          >
            record {record.data.externalId}
          </Link>
        ) : null}
      </p>
      {record.error ? (
        <p className="text-bad">The record did not load. {problemOf(record.error).detail}</p>
      ) : (
        <p className="line-clamp-4 whitespace-pre-wrap break-words text-muted">
          {record.data?.content ?? "…"}
        </p>
      )}
      {error ? (
        <p role="alert" className="text-bad text-xs">
          {error}
        </p>
      ) : null}
    </div>
  );
}

type ExampleLabelProps = {
  label: LabelDefinition;
  values: string[];
  error: string | undefined;
  setValues: (values: string[]) => void;
};

function ExampleLabel({ label, values, error, setValues }: ExampleLabelProps) {
  const { readOnly } = useStudio();
  if (!label.multi)
    return (
      <Field label={label.name} error={error} className="min-w-40">
        {(control) => (
          <Select
            {...control}
            disabled={readOnly}
            options={label.options.map(({ value, text }) => ({ value, label: text }))}
            value={values[0] ?? ""}
            onValueChange={(value) => setValues([value])}
          />
        )}
      </Field>
    );
  return (
    <fieldset className="flex flex-wrap gap-x-3">
      <legend className="font-medium">{label.name}</legend>
      {label.options.map(({ value, text }) => (
        <Checkbox
          key={value}
          label={text}
          disabled={readOnly}
          checked={values.includes(value)}
          onCheckedChange={(on) =>
            setValues(on === true ? [...values, value] : values.filter((other) => other !== value))
          }
        />
      ))}
      {error ? (
        <p role="alert" className="w-full text-bad text-xs">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
