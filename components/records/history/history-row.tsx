"use client";

import { ArrowRight, RotateCcw } from "lucide-react";
import { lookOf, type OptionLook, optionLooks } from "@/components/labelling/label-options";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { OptionChip } from "@/components/ui/option-chip";
import { RelativeTime } from "@/components/ui/relative-time";
import type { HistoryEntry } from "@/contracts/history";
import type { LabelDefinition } from "@/contracts/label-schema";
import { AnnotatorName } from "../record-labels";
import { historyWords, originWords } from "./history-words";

type HistoryRowProps = {
  entry: HistoryEntry;
  /** Of the active schema; undefined for a label that it no longer has. */
  definition: LabelDefinition | undefined;
  busy: boolean;
  onRestore: () => void;
};

/** One thing that happened: who, what, from which value to which, when; and a way to set it again. */
export function HistoryRow({ entry, definition, busy, onRestore }: HistoryRowProps) {
  const { by, label, start, end, before, value, note, overtaken, current, restorable } = entry;
  const options = definition ? optionLooks(definition) : [];
  const variant = by.kind === "job" ? "outlined" : "filled";
  const origin = originWords(entry);
  return (
    <li className="flex min-h-row flex-wrap items-center gap-x-2 gap-y-1 py-1">
      <AnnotatorName annotator={by} />
      <span className="text-muted">
        {historyWords(entry)} {label}
        {start === undefined ? null : (
          <span className="tabular text-faint text-xs">
            {" "}
            {start}–{end}
          </span>
        )}
      </span>
      {before && JSON.stringify(before) !== JSON.stringify(value) ? (
        <>
          <Values value={before} options={options} variant="outlined" replaced />
          {value ? <ArrowRight aria-label="to" className="size-3.5 shrink-0 text-faint" /> : null}
        </>
      ) : null}
      {value ? <Values value={value} options={options} variant={variant} /> : null}
      {origin ? <span className="text-faint text-xs">{origin}</span> : null}
      {overtaken ? <Badge>overtaken, never counted</Badge> : null}
      {current ? <Badge>stands</Badge> : null}
      <span className="ml-auto flex items-center gap-2">
        {restorable ? (
          <Button size="sm" variant="ghost" disabled={busy} onClick={onRestore}>
            <RotateCcw aria-hidden /> Set again
          </Button>
        ) : null}
        <RelativeTime value={entry.at} className="text-faint text-xs" />
      </span>
      {note ? <q className="basis-full text-muted wrap-anywhere">{note}</q> : null}
    </li>
  );
}

type ValuesProps = {
  value: readonly string[];
  options: readonly OptionLook[];
  variant: "outlined" | "filled";
  replaced?: boolean;
};

function Values({ value, options, variant, replaced = false }: ValuesProps) {
  if (value.length === 0) return <span className="text-muted">no label</span>;
  return value.map((one) => {
    const { color, text } = lookOf(options, one);
    return <OptionChip key={one} color={color} text={text} variant={variant} replaced={replaced} />;
  });
}
