import { inBatches } from "@/components/saving/batches";
import type { GivenAnswer, WrittenAnswer } from "@/contracts/annotating";
import type { AnswerOutbox, UnsentAnswer } from "./answer-outbox";
import { givenOf } from "./said";

/** Why a call failed: what can't be sent by itself, who may not send, or a server to be asked again. */
export type Failure = "unfit" | "signed-out" | "forbidden" | "gone" | "unreachable";

export type Flight = { key: string; entry: UnsentAnswer };

type SenderOptions = {
  outbox: AnswerOutbox;
  send(items: GivenAnswer[]): Promise<readonly WrittenAnswer[]>;
  failureOf(error: unknown): Failure;
  /** What became of one answer. */
  onWritten(flight: Flight, written: WrittenAnswer): void;
  /** One answer that the server can't read at all. */
  onUnfit(flight: Flight, error: unknown): void;
  onRefused(reason: Exclude<Failure, "unfit" | "unreachable">): void;
  /** After each call. @param failures calls in a row that reached nothing */
  onTurn(failures: number): void;
};

/** Sends what is in the outbox, a batch at a time, as long as there is any; later again when the server is away. */
export type Sender = {
  wake(): void;
  /** The line is back: no pause any more. */
  retryNow(): void;
  /** Nobody looks any more: what is left is sent if the server can be reached now. */
  finish(): void;
};

const MAX_BATCH = 200;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
const REMEMBERED = 5;

export function createSender(options: SenderOptions): Sender {
  const { outbox, send, failureOf, onWritten, onUnfit, onRefused, onTurn } = options;
  let running = false;
  let stopped = false;
  let finishing = false;
  let failures = 0;
  let largest = MAX_BATCH;
  let pause: ReturnType<typeof setTimeout> | undefined;

  /** Before a call it is noted what is tried: an answer that got lost then counts as one's own. */
  function take(): Flight[] {
    const [batch = []] = inBatches([...outbox.entries()].slice(0, largest));
    return batch.map(([key, entry]) => {
      const sent = [...entry.sent.filter(({ at }) => at !== entry.decision.at), entry.decision];
      outbox.put(key, { ...entry, sent: sent.slice(-REMEMBERED) });
      return { key, entry };
    });
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    while (!stopped && outbox.entries().size > 0) {
      const flights = take();
      try {
        const written = await send(flights.map(({ key, entry }) => givenOf(key, entry.decision, entry.seen)));
        failures = 0;
        largest = MAX_BATCH;
        flights.forEach((flight, index) => {
          const answer = written[index];
          if (answer) onWritten(flight, answer);
        });
        onTurn(0);
      } catch (error) {
        if (!goesOn(error, flights)) break;
      }
    }
    running = false;
  }

  function goesOn(error: unknown, flights: readonly Flight[]): boolean {
    const failure = failureOf(error);
    if (failure === "unreachable") {
      failures += 1;
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      if (!finishing) pause = setTimeout(resume, longest * (0.5 + Math.random() / 2));
      onTurn(failures);
      return false;
    }
    if (failure !== "unfit") {
      stopped = true;
      onRefused(failure);
      return false;
    }
    // Which of them it is shows when each is sent alone.
    const [only, second] = flights;
    if (only && !second) onUnfit(only, error);
    largest = 1;
    onTurn(0);
    return true;
  }

  function resume(): void {
    clearTimeout(pause);
    pause = undefined;
    if (!finishing) void run();
  }

  return {
    wake() {
      if (pause === undefined) void run();
    },
    retryNow() {
      failures = 0;
      resume();
    },
    finish() {
      clearTimeout(pause);
      pause = undefined;
      finishing = true;
    },
  };
}
