"use client";

import { Button } from "./button";
import { Dialog } from "./dialog";
import { Kbd } from "./kbd";
import { useRegisteredKeyHints } from "./key-hints";
import { useKeyActions } from "./keys/use-key-actions";

type KeyHintSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null where keys can't be changed. */
  onChangeKeys: (() => void) | null;
};

/** Every key of the page, opened by `?`. Filled through `useKeyHints`. */
export function KeyHintSheet({ open, onOpenChange, onChangeKeys }: KeyHintSheetProps) {
  useKeyActions({ actions: { "shell.keys": () => onOpenChange(true) } });
  const all = useRegisteredKeyHints();
  const groups = [...all.filter((one) => !one.everywhere), ...all.filter((one) => one.everywhere)];
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Keys"
      size="lg"
      footer={onChangeKeys ? <Button onClick={onChangeKeys}>Change keys</Button> : null}
    >
      <div className="gap-x-10 pb-3 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-faint text-xs">{group.title}</h3>
            <dl>
              {group.hints.map((hint) => (
                <div
                  key={hint.does}
                  className="flex min-h-7 items-center justify-between gap-4 border-b last:border-0"
                >
                  <dt>{hint.does}</dt>
                  <dd className="flex items-center gap-1.5">
                    {hint.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
