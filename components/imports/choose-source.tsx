"use client";

import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { DropFile } from "./drop-file";
import { FetchAddress } from "./fetch-address";
import type { ImportSource } from "./import-source";
import { PasteText } from "./paste-text";

const ways = [
  { value: "file", label: "File" },
  { value: "url", label: "Web address" },
  { value: "paste", label: "Paste" },
] as const;

/** A file, an address or pasted text: what is to become records. */
export function ChooseSource({ onSource }: { onSource: (source: ImportSource) => void }) {
  const [way, setWay] = useState<(typeof ways)[number]["value"]>("file");
  return (
    <div className="flex flex-col items-start gap-4">
      <SegmentedControl label="Where from" options={ways} value={way} onValueChange={setWay} />
      <div className="w-full">
        {way === "file" ? (
          <DropFile
            hint="CSV, TSV, JSON Lines, JSON, Parquet or an Excel workbook, with one text in a row. You see what becomes of each column before anything is imported."
            accept=".csv,.tsv,.tab,.txt,.jsonl,.ndjson,.json,.parquet,.xlsx"
            onFile={(file) => onSource({ kind: "file", file, pasted: false })}
          />
        ) : way === "url" ? (
          <FetchAddress onUrl={(url) => onSource({ kind: "url", url })} />
        ) : (
          <PasteText onFile={(file) => onSource({ kind: "file", file, pasted: true })} />
        )}
      </div>
    </div>
  );
}
