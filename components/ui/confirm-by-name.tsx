"use client";

import { useState } from "react";
import { ConfirmDialog, type ConfirmDialogProps } from "./confirm-dialog";
import { Field } from "./field";
import { Input } from "./input";

type ConfirmByNameProps = Omit<ConfirmDialogProps, "danger" | "blocked" | "children"> & {
  /** What must be typed, letter by letter. */
  name: string;
};

/** Asks for the name of what is about to be destroyed for good. */
export function ConfirmByName({ name, onOpenChange, onConfirm, ...rest }: ConfirmByNameProps) {
  const [typed, setTyped] = useState("");
  const matches = typed.trim() === name;

  function change(open: boolean) {
    setTyped("");
    onOpenChange(open);
  }

  return (
    <ConfirmDialog danger blocked={!matches} onOpenChange={change} onConfirm={onConfirm} {...rest}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (matches) onConfirm();
        }}
      >
        <Field
          label={
            <>
              Type <span className="font-mono text-xs">{name}</span>
            </>
          }
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
      </form>
    </ConfirmDialog>
  );
}
