"use client";

import { Button } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Acceptance } from "@/contracts/acceptance";
import { evidenceWords, promiseWords } from "./accept-words";

type AcceptAppliedProps = {
  applied: Acceptance;
  /** Null: the reader may not. */
  onUndo: (() => void) | null;
  undoing: boolean;
};

/** What stands accepted, on which evidence, and the way back. */
export function AcceptApplied({ applied, onUndo, undoing }: AcceptAppliedProps) {
  const format = useFormat();
  return (
    <Notice
      tone="good"
      title={`${format.counted(applied.accepted, "label")} accepted: ${promiseWords(applied, format)}`}
      action={
        onUndo ? (
          <Button busy={undoing} onClick={onUndo}>
            Undo
          </Button>
        ) : null
      }
    >
      <p className="max-w-prose">
        By {applied.createdBy.name}, <RelativeTime value={applied.createdAt} />, from confidence{" "}
        {format.decimal(applied.threshold, 3)} on. {evidenceWords(applied, format)} They are final in
        snapshots made from then on under “Verified first”, where no person decided.
      </p>
    </Notice>
  );
}
