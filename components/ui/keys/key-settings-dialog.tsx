"use client";

import { RotateCcw } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { Button } from "../button";
import { Dialog } from "../dialog";
import { IconButton } from "../icon-button";
import { Kbd } from "../kbd";
import { chordOf, type KeyActionId, keyActionIds, keyActions, keyName, keyProblem } from "./key-actions";
import { useKeys } from "./keys-context";

const headings = {
  lists: "In every list",
  work: "Deciding and annotating",
  records: "Records",
  everywhere: "Everywhere",
} as const;

/** Presses that are on their way to another key. */
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "CapsLock", "AltGraph", "Dead"]);

type KeySettingsDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** Every action whose key one may change, with its key; in force and kept at once, also on other computers. */
export function KeySettingsDialog({ open, onOpenChange }: KeySettingsDialogProps) {
  const { bindings, change } = useKeys();
  const [asking, setAsking] = useState<KeyActionId | null>(null);
  const anyOwn = Object.keys(bindings).length > 0;
  return (
    <Dialog
      open={open}
      onOpenChange={(shown) => {
        setAsking(null);
        onOpenChange(shown);
      }}
      title="Change keys"
      description="Digits, Enter, Esc and the arrows are the same for everybody."
      size="lg"
      footer={
        <Button disabled={!anyOwn || change === null} onClick={() => change?.({})}>
          Use the usual keys
        </Button>
      }
    >
      <div className="gap-x-10 pb-3 sm:columns-2">
        {(["work", "lists", "records", "everywhere"] as const).map((where) => (
          <section key={where} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-faint text-xs">{headings[where]}</h3>
            <ul>
              {keyActionIds
                .filter((id) => keyActions[id].where === where)
                .map((id) => (
                  <KeyLine
                    key={id}
                    id={id}
                    asking={asking === id}
                    onAsk={(asks) => setAsking(asks ? id : null)}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

type KeyLineProps = { id: KeyActionId; asking: boolean; onAsk: (asking: boolean) => void };

function KeyLine({ id, asking, onAsk }: KeyLineProps) {
  const { bindings, change, now } = useKeys();
  const [problem, setProblem] = useState<string | null>(null);
  const { does, usual } = keyActions[id];
  const name = keyName(now.get(id) ?? usual);

  function take(chord: string | null) {
    const { [id]: _, ...others } = bindings;
    change?.(chord === null || chord === usual ? others : { ...others, [id]: chord });
    setProblem(null);
    onAsk(false);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!asking || event.key === "Tab" || MODIFIERS.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      setProblem(null);
      onAsk(false);
      return;
    }
    const chord = chordOf(event);
    const why = keyProblem(id, chord, now);
    if (why === null) take(chord);
    else setProblem(why);
  }

  return (
    <li className="border-b py-1 last:border-0">
      <div className="flex min-h-7 items-center gap-2">
        <span className="min-w-0 flex-1">{does}</span>
        {bindings[id] !== undefined ? (
          <IconButton
            label={`Use ${keyName(usual)} again for “${does}”`}
            size="sm"
            disabled={change === null}
            onClick={() => take(null)}
          >
            <RotateCcw aria-hidden />
          </IconButton>
        ) : null}
        <Button
          size="sm"
          disabled={change === null}
          aria-label={
            asking ? `Press the new key for “${does}”` : `Change the key for “${does}”, now ${name}`
          }
          aria-pressed={asking}
          onClick={() => {
            setProblem(null);
            onAsk(!asking);
          }}
          onBlur={() => onAsk(false)}
          onKeyDown={onKeyDown}
        >
          {asking ? "Press a key" : <Kbd>{name}</Kbd>}
        </Button>
      </div>
      <p role="alert" className="text-bad text-xs empty:hidden">
        {problem}
      </p>
    </li>
  );
}
