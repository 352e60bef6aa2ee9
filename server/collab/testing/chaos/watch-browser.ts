import * as decoding from "lib0/decoding";
import { z } from "zod";
import type { OutboxStorage } from "@/components/saving/outbox";
import { createStorage } from "@/components/saving/testing/memory-storage";
import { MESSAGE_REFUSED, refusal } from "@/contracts/live";
import { type VerdictStatus, verdictStatus } from "@/contracts/verifications";

/** What a page was told of one of its decisions. */
export type Told = {
  userId: string;
  key: string;
  /** Null takes back; of a blind label it is left out. */
  status: VerdictStatus | null | undefined;
  value: readonly string[];
  /** Its author, and when it was decided, by the page's clock; of one that was set again, the first author's. */
  by: string;
  at: string;
  restoredBy: string | null;
  /** When the person did it, and when the page was told. */
  decidedAt: number;
  toldAt: number;
  /** Null: that it is saved. */
  refused: string | null;
};

const entry = z.object({
  decision: z.object({
    status: verdictStatus.nullable().optional(),
    value: z.array(z.string()),
    by: z.string(),
    at: z.string(),
    restoredBy: z.string().optional(),
  }),
});

/** Watches what a page keeps in its outbox and what the server refuses it: together, what it was told of each decision. */
export type BrowserWatch = {
  storage: OutboxStorage;
  /** To be given every frame that comes, before the page has it. */
  onFrame(frame: Uint8Array): void;
  told: Told[];
  frames: number;
  /** Is told of each label that the page decides. */
  onDecided(key: string): void;
};

/** The label that an entry of the outbox is about. */
const keyOf = (name: string): string => name.split("|").at(-1) ?? "";

/** @param inspect is given every frame too */
export function watchBrowser(userId: string, inspect: (frame: Uint8Array) => void): BrowserWatch {
  const inner = createStorage();
  const told: Told[] = [];
  const refusals = new Map<string, string>();
  const decidedAt = new Map<string, number>();

  function note(name: string): void {
    const { data } = entry.safeParse(JSON.parse(inner.getItem(name) ?? "null"));
    if (!data) return;
    const { status, value, by, at, restoredBy = null } = data.decision;
    const key = keyOf(name);
    const refused = refusals.get(`${key} ${at}`) ?? null;
    const times = { decidedAt: decidedAt.get(name) ?? 0, toldAt: Date.now() };
    told.push({ userId, key, status, value, by, at, restoredBy, ...times, refused });
  }

  const watch: BrowserWatch = {
    told,
    frames: 0,
    onDecided: () => undefined,
    onFrame(frame) {
      watch.frames += 1;
      inspect(frame);
      const decoder = decoding.createDecoder(frame);
      if (decoding.readVarUint(decoder) !== MESSAGE_REFUSED) return;
      const { keys, code, at = {} } = refusal.parse(JSON.parse(decoding.readVarString(decoder)));
      for (const key of keys) refusals.set(`${key} ${at[key]}`, code);
    },
    storage: {
      getItem: (name) => inner.getItem(name),
      setItem(name, value) {
        decidedAt.set(name, Date.now());
        inner.setItem(name, value);
        watch.onDecided(keyOf(name));
      },
      removeItem(name) {
        note(name);
        inner.removeItem(name);
      },
      key: (index) => inner.key(index),
      get length() {
        return inner.length;
      },
    },
  };
  return watch;
}
