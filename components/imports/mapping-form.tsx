"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RadioGroup } from "@/components/ui/radio-group";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import type { ImportPreview } from "@/contracts/imports";
import { BuiltInChoice } from "./built-in-choice";
import { type ImportSource, sourceName } from "./import-source";
import { type Encoding, mappingProblem, suggestedChoices } from "./mapping";
import { MappingTable } from "./mapping-table";
import { PreviewRows } from "./preview-rows";
import { PreviewWarnings } from "./preview-warnings";
import { useSendImport } from "./use-send-import";

const encodings = [
  { value: "auto", label: "Automatic" },
  { value: "utf-8", label: "UTF-8" },
  { value: "latin1", label: "Latin-1 / Windows-1252" },
  { value: "utf-16le", label: "UTF-16 LE" },
] as const satisfies readonly { value: Encoding; label: string }[];

const existing = [
  { value: "skip", label: "Skip the row", hint: "The record stays as it is." },
  {
    value: "update",
    label: "Update the record",
    hint: "Text replaced unless it has labels, metadata merged.",
  },
  { value: "fail", label: "Refuse the row", hint: "It stands in the report with its line." },
] as const;

type MappingFormProps = {
  project: string;
  source: ImportSource;
  preview: ImportPreview;
  encoding: Encoding;
  onEncoding: (encoding: Encoding) => void;
  sheet: string | undefined;
  onSheet: (sheet: string) => void;
  onBack: () => void;
  onStarted: (importId: string) => void;
};

/** What becomes of each column, what of known ids; then the file is sent. */
export function MappingForm(props: MappingFormProps) {
  const { project, source, preview, encoding, onEncoding, sheet, onSheet, onBack, onStarted } = props;
  const format = useFormat();
  const [choices, setChoices] = useState(() => suggestedChoices(preview));
  const { send, stop, sent, busy, refusal } = useSendImport(project, source, onStarted);
  const problem = mappingProblem(choices);
  const isText = preview.format === "csv" || preview.format === "tsv";
  const isBinary = preview.format === "parquet" || preview.format === "xlsx";
  const name = sourceName(source);

  return (
    <>
      <Section
        title={name}
        description={`${source.kind === "file" ? `${format.bytes(source.file.size)}, ` : ""}${preview.format.toUpperCase()}, ${format.counted(preview.columns.length, "column")}. Types by the first rows; the import looks at all of them.`}
        actions={<Button onClick={onBack}>Choose something else</Button>}
      >
        <PreviewWarnings preview={preview} columns={choices.columns} />
        <MappingTable
          preview={preview}
          columns={choices.columns}
          onChange={(columns) => setChoices({ ...choices, columns })}
        />
      </Section>
      <Section title="First rows" description="As they will be kept, texts cut for this view.">
        <PreviewRows preview={preview} columns={choices.columns} />
      </Section>
      <Section title="How to read it" layout="form">
        <div className="flex flex-col gap-4">
          {preview.sheets.length > 1 ? (
            <Field label="Sheet">
              {(control) => (
                <Select
                  {...control}
                  options={preview.sheets.map((value) => ({ value, label: value }))}
                  value={sheet ?? preview.sheets[0]}
                  onValueChange={onSheet}
                />
              )}
            </Field>
          ) : null}
          {isBinary ? null : (
            <Field label="Encoding" hint={`Read as ${preview.encoding} here.`}>
              {(control) => (
                <Select {...control} options={encodings} value={encoding} onValueChange={onEncoding} />
              )}
            </Field>
          )}
          {isText ? (
            <Checkbox
              label="Take off the quote that an export put before formulas"
              hint="For files that Tandem exported as CSV: '=SUM becomes =SUM."
              checked={choices.unescapeFormulas}
              onCheckedChange={(on) => setChoices({ ...choices, unescapeFormulas: on === true })}
            />
          ) : null}
        </div>
      </Section>
      <Section
        title="Work out from each text"
        description="Kept as metadata, to search and sort by."
        layout="form"
      >
        <BuiltInChoice chosen={choices.builtIn} onChange={(builtIn) => setChoices({ ...choices, builtIn })} />
      </Section>
      <Section
        title="Ids that are there already"
        description="In this project, or earlier in the file."
        layout="form"
      >
        <RadioGroup
          aria-label="Ids that are there already"
          options={existing}
          value={choices.onExisting}
          onValueChange={(onExisting) => setChoices({ ...choices, onExisting })}
        />
      </Section>
      <footer className="sticky bottom-0 flex flex-col gap-3 border-t bg-surface py-3">
        {refusal ? (
          <Notice tone="bad" title="Nothing was imported">
            {refusal.detail}
          </Notice>
        ) : null}
        {sent === undefined ? (
          <div className="flex flex-wrap items-center justify-end gap-3">
            {problem ? <p className="text-bad">{problem}</p> : null}
            <Button
              variant="primary"
              busy={busy}
              disabled={problem !== undefined}
              onClick={() => void send(choices, { format: preview.format, encoding, sheet })}
            >
              Import {source.kind === "url" || source.pasted || name.length > 40 ? "the rows" : name}
            </Button>
          </div>
        ) : (
          <div className="flex items-center gap-3">
            <ProgressBar
              label="Sent"
              total={100}
              parts={[{ value: Math.round(sent * 100), tone: "accent", name: "percent sent" }]}
              className="flex-1"
            />
            <span className="tabular text-muted">Sending {format.share(sent, 0)}</span>
            <Button onClick={stop}>Stop</Button>
          </div>
        )}
      </footer>
    </>
  );
}
