import { useMemo } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { useKeyHints } from "@/components/ui/key-hints";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";

type TriageKeys = { step: (by: number) => void; undo: () => void };

/** J and K go through the answers, undo takes the last one back; the options' own keys stand on their buttons. */
export function useTriageKeys({ step, undo }: TriageKeys): void {
  useHotkeys(
    "j,k",
    (event) => step(event.key.toLowerCase() === "j" ? 1 : -1),
    { useKey: true, preventDefault: true },
    [step],
  );
  useKeyActions({ actions: { "work.undo": undo } });
  const namesOf = useKeyNames();
  useKeyHints(
    useMemo(
      () => [
        {
          title: "Unreadable answers",
          hints: [
            { keys: ["1", "…", "9"], does: "Resolve as this option" },
            { keys: ["J"], does: "Leave it and go to the next" },
            { keys: ["K"], does: "Previous answer" },
            { keys: namesOf("work.undo"), does: "Take the last one back" },
          ],
        },
      ],
      [namesOf],
    ),
  );
}
