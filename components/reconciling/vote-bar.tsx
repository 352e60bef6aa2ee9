"use client";

import { lookOf, type OptionLook } from "@/components/labelling/label-options";
import { cn } from "@/components/ui/cn";
import type { Vote } from "@/contracts/reconciliations";
import { valueWords } from "./value-words";
import { tallyVotes, type ValueVotes } from "./vote-tally";

type VoteBarProps = { votes: readonly Vote[]; options: readonly OptionLook[]; className?: string };

/** How the votes fall: one part for each value, as wide as its share; people filled, jobs and imports outlined. */
export function VoteBar({ votes, options, className }: VoteBarProps) {
  const tally = tallyVotes(votes);
  return (
    <span
      role="img"
      aria-label={tally.map((row) => partWords(row, options)).join(", ")}
      className={cn("flex h-4 min-w-0 gap-px overflow-hidden rounded-sm", className)}
    >
      {tally.map((row) => (
        <span
          key={JSON.stringify(row.value)}
          data-option={lookOf(options, row.value[0] ?? "").color}
          title={partWords(row, options)}
          style={{ flexGrow: row.total }}
          className="flex min-w-4 basis-0 overflow-hidden"
        >
          {row.people > 0 ? (
            <span
              style={{ flexGrow: row.people }}
              className="flex basis-0 items-center justify-center bg-option text-2xs text-option-on"
            >
              {row.people}
            </span>
          ) : null}
          {row.others > 0 ? (
            <span
              style={{ flexGrow: row.others }}
              className="flex basis-0 items-center justify-center border border-option-text/55 bg-option-soft text-2xs text-option-text"
            >
              {row.others}
            </span>
          ) : null}
        </span>
      ))}
    </span>
  );
}

function partWords({ value, people, others }: ValueVotes, options: readonly OptionLook[]): string {
  const who = [
    ...(people > 0 ? [`${people} ${people === 1 ? "person" : "people"}`] : []),
    ...(others > 0 ? [`${others} ${others === 1 ? "job or import" : "jobs or imports"}`] : []),
  ];
  return `${valueWords(value, options)}: ${who.join(" and ")}`;
}
