"use client";

import { type FormEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Textarea } from "@/components/ui/textarea";
import type { DiscussionCounts, FlagKind } from "@/contracts/discussions";
import { flagChoices } from "./words";

/** As the contract has it. */
const MAX_NOTE = 500;

type FlagFormProps = {
  /** The reader's open flag. */
  own: DiscussionCounts["ownFlag"];
  busy: boolean;
  problem: string | undefined;
  onFlag: (flag: { kind: FlagKind; note?: string }) => void;
  onWithdraw: () => void;
};

/** Why the record is flagged; with an open flag of one's own, also a way to take it back. */
export function FlagForm({ own, busy, problem, onFlag, onWithdraw }: FlagFormProps) {
  const title = useId();
  const [kind, setKind] = useState<FlagKind>(own?.kind ?? "wrongText");
  const [note, setNote] = useState(own?.note ?? "");
  const isMissing = kind === "other" && note.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isMissing) onFlag({ kind, ...(note.trim() === "" ? {} : { note: note.trim() }) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <div>
        <p id={title} className="mb-1 font-medium">
          {own ? "Your flag" : "What is wrong with this record?"}
        </p>
        <RadioGroup aria-labelledby={title} options={flagChoices} value={kind} onValueChange={setKind} />
      </div>
      <Field label="In words" optional={kind !== "other"} error={problem}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={MAX_NOTE}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="sm" busy={busy} disabled={isMissing}>
          {own ? "Save reason" : "Flag record"}
        </Button>
        {own ? (
          <Button size="sm" disabled={busy} onClick={onWithdraw}>
            Withdraw flag
          </Button>
        ) : null}
      </div>
    </form>
  );
}
