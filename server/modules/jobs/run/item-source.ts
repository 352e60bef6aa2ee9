import type { Db } from "@/server/platform/db";
import { dueItems, nextDueInMs } from "./due-items";
import type { JobRun } from "./load-job-run";
import { type PreparedItem, prepareItems } from "./prepared-item";
import { type CommittedAnswer, shareAnswers } from "./share-answers";
import { createWakeUp } from "./wake-up";
import { writeInvalidPrompts } from "./write-failures";

/** Items read and prepared at a time; the next are read before the last of them is taken. */
const WINDOW = 256;
const LOW = 64;
/** Items that wait for the answer to an equal request; beyond, reading pauses until some have it. */
const MOST_FOLLOWERS = 5000;
/** Lest a clock that differs by a moment makes the wait too short. */
const AFTER_DUE_MS = 5;

/** The items of a job, one after another, each request once. */
export type ItemSource = {
  /** The next item to ask about; null when none is left, or the run stops. */
  next(): Promise<PreparedItem | null>;
  /** The next item, if one is at hand. */
  take(): PreparedItem | null;
  /** Gives an item back whose call was not made. */
  putBack(item: PreparedItem): void;
  /** The answer is committed: records with an equal request share it. */
  answered(item: PreparedItem): Promise<void>;
  /** The call failed; the item will be due again, or was given up. */
  failed(item: PreparedItem, givenUp: boolean): void;
  /** Somebody queued items again. */
  refresh(): void;
};

export type ItemSourceOptions = {
  db: Db;
  run: JobRun;
  stop: AbortSignal;
  /** Takes answers that were shared instead of asked for. */
  onShared(answers: CommittedAnswer[]): void;
};

/** One request under way: who asks, and who waits for the same answer. */
type Request = { leader: string; followers: string[] };

export function openItemSource({ db, run, stop, onShared }: ItemSourceOptions): ItemSource {
  const ready: PreparedItem[] = [];
  /** Items in hand: ready, asked, or waiting for an equal request. */
  const held = new Set<string>();
  const requests = new Map<string, Request>();
  const change = createWakeUp(stop);
  let waiting = 0;
  /** Grows when items may be due that a look at the rows under way has not seen. */
  let renewed = 0;
  let exhausted = false;
  let nextFillAt = 0;
  let filling: Promise<void> | undefined;
  let failure: unknown;

  function fill(): Promise<void> {
    filling ??= readWindow()
      .catch((error: unknown) => {
        failure = error;
      })
      .finally(() => {
        filling = undefined;
        change.wake();
      });
    return filling;
  }

  async function readWindow(): Promise<void> {
    const before = renewed;
    const due = await dueItems(db, run, [...held], WINDOW);
    const dueInMs = due.length < WINDOW ? await nextDueInMs(db, run) : 0;
    exhausted = dueInMs === null && before === renewed;
    nextFillAt = dueInMs && before === renewed ? performance.now() + dueInMs + AFTER_DUE_MS : 0;
    const { prepared, invalid } = await prepareItems(run, due);
    // Registered before the look into the cache: what another lane commits meanwhile is then found there.
    const leading = prepared.filter(register);
    await writeInvalidPrompts(db, run, invalid);
    const shared = await share(leading.map(({ recordId, hash }) => ({ recordId, hash })));
    for (const item of leading) {
      if (shared.has(item.recordId)) await settle(item);
      else ready.push(item);
    }
  }

  /** Whether the item is the one that asks. */
  function register({ recordId, hash }: PreparedItem): boolean {
    held.add(recordId);
    const request = requests.get(hash);
    if (request && request.leader !== recordId) {
      request.followers.push(recordId);
      waiting += 1;
      return false;
    }
    requests.set(hash, request ?? { leader: recordId, followers: [] });
    return true;
  }

  async function share(items: { recordId: string; hash: string }[]): Promise<Set<string>> {
    const answers = await shareAnswers(db, run, items);
    const whole = answers.filter(({ isLast }) => isLast);
    if (whole.length > 0) onShared(whole);
    return new Set(answers.map(({ recordId }) => recordId));
  }

  /** The request of `item` is answered: gives the answer to all that waited for it. */
  async function settle({ recordId, hash, sample }: PreparedItem): Promise<void> {
    const followers = close(hash);
    if (followers.length > 0) await share(followers.map((follower) => ({ recordId: follower, hash })));
    for (const id of [recordId, ...followers]) held.delete(id);
    // Another answer to the same prompt is due.
    if (sample + 1 < run.samples) lookAgain();
    else change.wake();
  }

  function close(hash: string): string[] {
    const followers = requests.get(hash)?.followers ?? [];
    requests.delete(hash);
    waiting -= followers.length;
    return followers;
  }

  function lookAgain(): void {
    renewed += 1;
    exhausted = false;
    nextFillAt = 0;
    change.wake();
  }

  const mayFill = () =>
    ready.length < LOW && !exhausted && waiting < MOST_FOLLOWERS && performance.now() >= nextFillAt;

  return {
    async next() {
      for (;;) {
        if (failure !== undefined) throw failure;
        if (stop.aborted) return null;
        if (mayFill()) fill();
        const item = ready.shift();
        if (item) return item;
        if (filling) await filling;
        else if (exhausted && held.size === 0) return null;
        else await change.wait(nextFillAt === 0 ? null : nextFillAt - performance.now());
      }
    },
    take() {
      if (mayFill()) fill();
      return ready.shift() ?? null;
    },
    putBack(item) {
      ready.unshift(item);
    },
    answered: settle,
    failed(item, givenUp) {
      held.delete(item.recordId);
      // Who waited is asked for itself, unless the same item tries again.
      if (givenUp) for (const follower of close(item.hash)) held.delete(follower);
      lookAgain();
    },
    refresh: lookAgain,
  };
}
