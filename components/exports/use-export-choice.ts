"use client";

import { useState } from "react";
import { type ExportFormat, type ExportKind, tableFormats } from "@/contracts/exports";
import type { ExportChoice } from "./export-href";

/** What the form holds. */
export type ExportDraft = {
  kind: ExportKind;
  format: ExportFormat;
  label: string | null;
  annotator: string | null;
  snapshot: string | null;
  /** Only what the search finds. */
  narrowed: boolean;
  guarded: boolean;
  bom: boolean;
};

/** What of the form goes into the address: parts that say nothing of the chosen kind and format are left out. */
export function choiceOf(draft: ExportDraft, query: string | undefined): ExportChoice {
  const { kind, format, label, annotator, snapshot } = draft;
  return {
    kind,
    format,
    ...(label !== null && kind !== "records" ? { label } : {}),
    ...(annotator !== null && kind === "annotations" ? { annotator } : {}),
    ...(snapshot !== null && kind === "final" ? { snapshot } : {}),
    ...(query !== undefined && draft.narrowed ? { query } : {}),
    ...(format === "csv" && !draft.guarded ? { formulas: "raw" as const } : {}),
    ...(format === "csv" && draft.bom ? { bom: "1" as const } : {}),
  };
}

const isTable = (format: ExportFormat): boolean => tableFormats.some((name) => name === format);

/** The form's state; a format that can't hold what is chosen gives way to CSV, a snapshot brings its label. */
export function useExportDraft(start: Partial<ExportDraft>) {
  const [draft, setDraft] = useState<ExportDraft>({
    kind: "final",
    format: "csv",
    label: null,
    annotator: null,
    snapshot: null,
    narrowed: true,
    guarded: true,
    bom: false,
    ...start,
  });
  const change = (part: Partial<ExportDraft>) =>
    setDraft((now) => {
      const next = { ...now, ...part };
      if (part.label !== undefined && part.snapshot === undefined) next.snapshot = null;
      if (next.kind === "verifications" && !isTable(next.format)) next.format = "csv";
      return next;
    });
  return { draft, change };
}
