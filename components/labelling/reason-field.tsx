"use client";

import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import type { SessionItem } from "@/contracts/sessions";

type ReasonFieldProps = {
  /** The record of which somebody can't tell. */
  item: Pick<SessionItem, "externalId" | "content">;
  inputRef: RefObject<HTMLInputElement | null>;
  /** An empty reason: none is given. */
  onExplain: (reason: string) => void;
};

/**
 * Asks why one can't tell, in a line of its own below the work, which has gone on to the next record: so it names its own.
 * The decision stands already, and the next one puts this away.
 */
export function ReasonField({ item, inputRef, onExplain }: ReasonFieldProps) {
  const [reason, setReason] = useState("");
  const [key] = useKeyNames()("work.reason");
  return (
    <form
      aria-label={`Why you can't tell for ${item.externalId}`}
      onSubmit={(event) => {
        event.preventDefault();
        onExplain(reason.trim());
      }}
      className="flex min-h-10 shrink-0 items-center gap-2 border-t bg-surface px-4 py-1.5 max-sm:flex-wrap"
    >
      <span className="flex min-w-0 items-center gap-1.5 text-muted text-xs max-sm:w-full">
        <span className="shrink-0">Can't tell:</span>
        <span className="max-w-64 truncate text-text" title={item.content}>
          {item.content}
        </span>
        <Kbd className="max-sm:hidden">{key}</Kbd>
      </span>
      <Input
        ref={inputRef}
        aria-label="Reason (optional)"
        placeholder="Why? (optional)"
        maxLength={500}
        className="min-w-0 max-w-md flex-1"
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onExplain("");
        }}
      />
      <Button type="submit" size="sm" disabled={reason.trim() === ""}>
        Add reason
      </Button>
    </form>
  );
}
