"use client";

import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import type { SessionItem } from "@/contracts/sessions";

type ReasonFieldProps = {
  /** The label of which somebody can't tell. */
  item: Pick<SessionItem, "externalId">;
  inputRef: RefObject<HTMLInputElement | null>;
  /** An empty reason: none is given. */
  onExplain: (reason: string) => void;
};

/** Asks why one can't tell, beside the work: the decision stands already, and the next one puts this away. */
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
      className="absolute inset-x-2 bottom-12 z-10 max-sm:bottom-30 flex items-center gap-2 rounded-lg bg-overlay px-3 py-2 shadow-float sm:left-4 sm:right-auto sm:w-[28rem]"
    >
      <span className="shrink-0 text-muted text-xs max-sm:hidden">
        Can't tell <Kbd>{key}</Kbd>
      </span>
      <Input
        ref={inputRef}
        aria-label="Reason (optional)"
        placeholder="Why? (optional)"
        maxLength={500}
        className="min-w-0 flex-1"
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
