import { useMemo } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { useKeyHints } from "@/components/ui/key-hints";

/** J and K go through the answers; the options' own keys stand on their buttons. */
export function useTriageKeys(step: (by: number) => void): void {
  useHotkeys(
    "j,k",
    (event) => step(event.key.toLowerCase() === "j" ? 1 : -1),
    { useKey: true, preventDefault: true },
    [step],
  );
  useKeyHints(
    useMemo(
      () => [
        {
          title: "Unreadable answers",
          hints: [
            { keys: ["1", "…", "9"], does: "Resolve as this option" },
            { keys: ["J"], does: "Leave it and go to the next" },
            { keys: ["K"], does: "Previous answer" },
          ],
        },
      ],
      [],
    ),
  );
}
