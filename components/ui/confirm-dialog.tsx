"use client";

import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** A question that names the thing: "Cancel job sentiment-3?". */
  title: ReactNode;
  /** What will happen and what stays. */
  description: ReactNode;
  /** The verb on the button: "Cancel job". */
  verb: string;
  /** The words of the way back. */
  keep?: string;
  danger?: boolean;
  busy?: boolean;
  /** The verb can't be pressed yet. */
  blocked?: boolean;
  onConfirm: () => void;
  children?: ReactNode;
};

/** Asks before something that can't be undone in place. What can be undone is done at once, with a toast that offers it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    open,
    onOpenChange,
    title,
    description,
    verb,
    keep = "Keep it",
    danger = false,
    busy = false,
    blocked = false,
    onConfirm,
    children,
  } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      size="sm"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>{keep}</Button>
          <Button
            variant={danger ? "danger-solid" : "primary"}
            busy={busy}
            disabled={blocked}
            onClick={onConfirm}
          >
            {verb}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}
