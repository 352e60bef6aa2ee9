"use client";

import { useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Input } from "./input";
import { Notice } from "./notice";

type RenameDialogProps = {
  /** What is renamed: "subset". */
  what: string;
  name: string;
  busy: boolean;
  /** What is wrong with the name. */
  nameProblem: string | undefined;
  /** What else went wrong. */
  problem: string | undefined;
  onRename: (name: string) => void;
  onClose: () => void;
};

/** Asks for another name. */
export function RenameDialog(props: RenameDialogProps) {
  const { what, busy, nameProblem, problem, onRename, onClose } = props;
  const [name, setName] = useState(props.name);
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Rename ${what}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form="rename" busy={busy}>
            Rename {what}
          </Button>
        </>
      }
    >
      <form
        id="rename"
        className="flex flex-col gap-3 pb-2"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(name);
        }}
      >
        <Field label="Name" error={nameProblem}>
          {(control) => (
            <Input
              {...control}
              required
              maxLength={120}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        {problem && !nameProblem ? <Notice tone="bad">{problem}</Notice> : null}
      </form>
    </Dialog>
  );
}
