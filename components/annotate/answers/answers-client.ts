import { createActClock } from "@/components/saving/act-clock";
import { createAnnouncer } from "@/components/saving/announcer";
import type { OutboxStorage } from "@/components/saving/outbox";
import { saveStateOf } from "@/components/saving/save-state";
import { openTab, type Tab } from "@/components/saving/tabs";
import { type Change, createUndoStack, splitByHolder } from "@/components/saving/undo-stack";
import type { Answer, GivenAnswer, Work, WrittenAnswer } from "@/contracts/annotating";
import { type AnswerOutbox, answerRoom, openAnswerOutbox } from "./answer-outbox";
import { createFigures } from "./figures";
import { createOutcomes, type Outcomes } from "./outcomes";
import { isAnswered, keyOf, nothing, partsOf, type Said, saysSame } from "./said";
import { createSender, type Failure, type Sender } from "./sender";
import { createStanding } from "./standing";
import type { AnswerChange, Answers, UndoneAnswers } from "./types";

export type AnswersClientInput = {
  userId: string;
  projectId: string;
  storage: OutboxStorage | null;
  locks?: LockManager | undefined;
  send(items: GivenAnswer[]): Promise<readonly WrittenAnswer[]>;
  failureOf(error: unknown): Failure;
  messageOf(error: unknown): string;
  /** How far the work is by the server's count. */
  countProgress(): Promise<Work["progress"]>;
};

/** My answers without a screen: shown at once, kept in the browser until the server has them. */
export type AnswersClient = {
  start(): void;
  stop(): void;
  subscribe(listener: () => void): () => void;
  snapshot(): Answers;
  /** Answers that came with a list. */
  learn(records: readonly { id: string; answers: readonly Answer[] }[]): void;
  unsent(): number;
};

/** So many calls in a row must fail before the line is called lost. */
const LOST_AFTER = 2;

export function createAnswersClient(input: AnswersClientInput): AnswersClient {
  const { userId, projectId, storage, locks, send, failureOf, messageOf, countProgress } = input;
  const standing = createStanding();
  const stack = createUndoStack<Said>();
  const announcer = createAnnouncer();
  const nextTime = createActClock();
  let tab: Tab | null = null;
  let outbox: AnswerOutbox | null = null;
  let sender: Sender | null = null;
  let outcomes: Outcomes | null = null;
  let refused: Exclude<Failure, "unfit" | "unreachable"> | null = null;
  let online = true;
  let timesOffline = 0;
  let current: Answers | null = null;

  function changed(): void {
    current = null;
    announcer.announce();
  }

  const pending = () => [...(outbox?.entries() ?? [])];
  const figures = createFigures({
    count: countProgress,
    isAllSent: () => pending().length === 0,
    onRenewed: changed,
  });
  const holds = (key: string): Said | null => outbox?.entries().get(key)?.decision ?? standing.said(key);
  const readOnly = () => refused !== null || outbox === null;

  function write(changes: readonly Change<Said>[]): void {
    for (const { key, before, after } of changes) {
      figures.touch(key, before);
      const entry = outbox?.entries().get(key);
      outbox?.put(key, {
        decision: after,
        seen: entry?.seen ?? standing.version(key),
        sent: entry?.sent ?? [],
      });
    }
    changed();
    sender?.wake();
  }

  /** A response proves that the line is there, unless the browser went offline after the call. */
  async function sendOnline(items: GivenAnswer[]): Promise<readonly WrittenAnswer[]> {
    const before = timesOffline;
    const noteReached = () => {
      if (timesOffline === before) online = true;
    };
    try {
      const written = await send(items);
      noteReached();
      return written;
    } catch (error) {
      if (failureOf(error) !== "unreachable") noteReached();
      throw error;
    }
  }

  function open(inTab: Tab): void {
    const opened = openAnswerOutbox({ userId, projectId, tab: inTab.id, storage });
    const results = createOutcomes(opened, standing);
    outbox = opened;
    outcomes = results;
    sender = createSender({
      outbox: opened,
      send: sendOnline,
      failureOf,
      onWritten: results.note,
      onUnfit: (flight, error) => results.drop(flight, messageOf(error)),
      onRefused(reason) {
        refused = reason;
        results.keepWaiting();
        changed();
      },
      onTurn(failures) {
        if (failures >= LOST_AFTER) online = false;
        changed();
        if (failures === 0) void figures.renew();
      },
    });
  }

  function flip(which: "undo" | "redo"): UndoneAnswers {
    const act = readOnly() ? null : stack[which]();
    if (!act) return { kind: "nothing" };
    const { free, overtaken } = splitByHolder(act.changes, holds);
    const at = nextTime();
    const written = free.map(({ key, before, after }) => ({
      key,
      before: after,
      after: { ...(before ?? nothing), at },
    }));
    write(written);
    act.done(written);
    const recordsOf = (list: readonly { key: string }[]) => [
      ...new Set(list.map(({ key }) => partsOf(key).recordId)),
    ];
    return overtaken.length > 0
      ? { kind: "overtaken", recordIds: recordsOf(overtaken) }
      : { kind: "done", recordIds: recordsOf(free) };
  }

  const methods = {
    dismissNotice(index: number) {
      outcomes?.dismiss(index);
      changed();
    },
    answerOf: (recordId: string, label: string) => {
      const said = holds(keyOf(recordId, label));
      return isAnswered(said) ? said : null;
    },
    isUnsaved: (recordId: string, label: string) => outbox?.entries().has(keyOf(recordId, label)) ?? false,
    give(changes: readonly AnswerChange[]) {
      if (readOnly()) return 0;
      const at = nextTime();
      const act = changes.flatMap(({ recordId, label, words }): Change<Said>[] => {
        const key = keyOf(recordId, label);
        const before = holds(key);
        return saysSame(before, words) ? [] : [{ key, before, after: { ...words, at } }];
      });
      if (act.length > 0) {
        stack.push(act);
        write(act);
      }
      return act.length;
    },
    undo: () => flip("undo"),
    redo: () => flip("redo"),
  };

  const picture = (): Answers => ({
    ...methods,
    save: saveStateOf<GivenAnswer>({
      refused: refused && { kind: "refused", reason: refused, kept: outcomes?.kept() ?? [] },
      pending: pending().length,
      online,
      synced: true,
      savedAt: outcomes?.savedAt() ?? null,
    }),
    readOnly: readOnly(),
    notices: outcomes?.notices() ?? [],
    progress: figures.progress(),
    touched: figures.touched(),
  });

  const onOnline = () => {
    online = true;
    changed();
    sender?.retryNow();
    void figures.renew();
  };
  const onOffline = () => {
    online = false;
    timesOffline += 1;
    changed();
  };

  return {
    start() {
      const opened = openTab(locks);
      tab = opened;
      open(opened);
      void opened
        .adopt({ adopt: (isAlive) => outbox?.adopt(isAlive) }, `${userId} ${answerRoom(projectId)}`)
        .then(() => {
          if (pending().length > 0) figures.outdate();
          changed();
          sender?.wake();
        });
      globalThis.addEventListener?.("online", onOnline);
      globalThis.addEventListener?.("offline", onOffline);
      changed();
    },
    stop() {
      globalThis.removeEventListener?.("online", onOnline);
      globalThis.removeEventListener?.("offline", onOffline);
      sender?.finish();
      tab?.leave();
      tab = null;
    },
    subscribe: announcer.subscribe,
    snapshot() {
      current ??= picture();
      return current;
    },
    learn(records) {
      standing.learn(records);
      changed();
    },
    unsent: () => pending().length,
  };
}
