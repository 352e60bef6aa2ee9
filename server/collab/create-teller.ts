import type { Log } from "@/server/platform/log";

/** Says that there is news, to whoever reads it elsewhere. */
export type Teller = {
  tell(): void;
  /** Ends when all has been told. */
  finish(): Promise<void>;
};

/** News that comes while it is being told is told once more, however much it is. A failure is logged: the news can be read. */
export function createTeller(send: () => Promise<void>, log: Log): Teller {
  let due = false;
  let telling: Promise<void> | undefined;

  async function work(): Promise<void> {
    while (due) {
      due = false;
      await send().catch((error) =>
        log.warn({ err: error }, "a commit could not be told to other processes"),
      );
    }
    telling = undefined;
  }

  return {
    tell() {
      due = true;
      telling ??= work();
    },
    async finish() {
      await telling;
    },
  };
}
