"use client";

import { ArrowDownToLine, ArrowUpToLine } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import type { useRecords } from "./use-records";

type PlaceLineProps = {
  list: ReturnType<typeof useRecords>;
  sight: { first: number; last: number; goTo: (index: number) => void };
};

/** Where one is among the records found, how many there are, and the ways to both ends. */
export function PlaceLine({ list, sight: { first, last, goTo } }: PlaceLineProps) {
  const format = useFormat();
  const { count, countExact, counting, isPending, failure, notes } = list;
  const names = [...new Set(notes.map(({ name }) => name))].join(", ");
  return (
    <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-1 text-muted text-xs">
      {isPending ? (
        <span role="status">Loading records</span>
      ) : (
        <span className="tabular">
          {format.count(first + 1)}–{format.count(last + 1)} of {format.count(count)}
          {countExact ? "" : " or more"}
        </span>
      )}
      {counting ? <span className="animate-breathe">Counting…</span> : null}
      {names === "" ? null : (
        <span role="status">Indexing {names}: until it is done this order takes longer</span>
      )}
      {failure === undefined ? null : (
        <span role="alert" className="flex items-center gap-2 text-bad">
          Some records did not load: {failure}
          <Button size="sm" onClick={list.retry}>
            Load again
          </Button>
        </span>
      )}
      <span className="ml-auto flex items-center gap-1">
        <IconButton
          size="sm"
          label="To the first record"
          keys="Home"
          disabled={first === 0}
          onClick={() => goTo(0)}
        >
          <ArrowUpToLine aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label="To the last record"
          keys="End"
          disabled={last >= count - 1 && countExact}
          onClick={() => goTo(count - 1)}
        >
          <ArrowDownToLine aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
