"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { formatOfText, type PastedFormat, pastedFile } from "./import-source";

const formats = [
  { value: "auto", label: "Automatic" },
  { value: "csv", label: "CSV, commas between" },
  { value: "tsv", label: "TSV, as copied from a spreadsheet" },
  { value: "jsonl", label: "JSON Lines" },
  { value: "json", label: "JSON" },
] as const satisfies readonly { value: PastedFormat | "auto"; label: string }[];

/** Rows that were copied from somewhere, with their header. */
export function PasteText({ onFile }: { onFile: (file: File) => void }) {
  const [text, setText] = useState("");
  const [format, setFormat] = useState<PastedFormat | "auto">("auto");
  return (
    <form
      className="flex max-w-3xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onFile(pastedFile(text, format === "auto" ? formatOfText(text) : format));
      }}
    >
      <Field label="Rows" hint="The first line names the columns, as in a file.">
        {(control) => (
          <Textarea
            {...control}
            rows={10}
            spellCheck={false}
            className="font-mono text-xs"
            placeholder={"id,text\n1,The crew was lovely\n2,My bag is still in Denver"}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Field label="Format">
        {(control) => (
          <Select {...control} options={formats} value={format} onValueChange={setFormat} className="w-72" />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" disabled={text.trim() === ""}>
          Look into the rows
        </Button>
      </div>
    </form>
  );
}
