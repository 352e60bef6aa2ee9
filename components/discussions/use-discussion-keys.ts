"use client";

import { useMemo } from "react";
import { useCommands } from "@/components/ui/commands";
import { useKeyHints } from "@/components/ui/key-hints";
import { keyActions } from "@/components/ui/keys/key-actions";
import { useKeyNames } from "@/components/ui/keys/keys-context";
import { useKeyActions } from "@/components/ui/keys/use-key-actions";
import { useSteady } from "@/components/ui/use-steady";

type DiscussionKeysInput = {
  /** False where the reader's role can't. */
  enabled: boolean;
  onComment: () => void;
  onFlag: () => void;
};

const ids = ["work.comment", "work.flag"] as const;

/** On a screen where one works through records: the keys that comment on the record and flag it. */
export function useDiscussionKeys({ enabled, onComment, onFlag }: DiscussionKeysInput): void {
  useKeyActions({ actions: enabled ? { "work.comment": onComment, "work.flag": onFlag } : {} });
  const namesOf = useKeyNames();
  const run = useSteady((id: (typeof ids)[number]) => (id === "work.flag" ? onFlag() : onComment()));
  const offered = useMemo(
    () => (enabled ? ids.map((id) => ({ id, keys: namesOf(id), does: keyActions[id].does })) : []),
    [enabled, namesOf],
  );
  useKeyHints(
    useMemo(() => (offered.length > 0 ? [{ title: "Discussing", hints: offered }] : []), [offered]),
  );
  useCommands(
    useMemo(
      () =>
        offered.map(({ id, keys, does }) => ({
          id,
          group: "Record",
          label: does,
          keys: keys[0],
          run: () => run(id),
        })),
      [offered, run],
    ),
  );
}
