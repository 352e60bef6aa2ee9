import { setTimeout as delay } from "node:timers/promises";
import type { Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { nextItem } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { type Browser, openBrowser } from "../browser";
import { act, type Dice } from "../simulate";
import type { LeaseWatch } from "./lease-watch";
import { type BrowserWatch, watchBrowser } from "./watch-browser";

/** A reviewer with a browser, over the whole run; the page may be another one after a while. */
export type Person = {
  browser: Browser;
  watch: BrowserWatch;
  acts: number;
  /** Works until then, one thing after the other. */
  work(until: number): Promise<void>;
  close(): void;
};

export type PersonOptions = {
  db: Db;
  member: ProjectActor;
  token: string;
  session: Session;
  urls: readonly string[];
  /** In the session's order. */
  keys: readonly string[];
  dice: Dice;
  /** Between two acts, on the average. */
  pauseMs: number;
  leases: LeaseWatch;
};

const LONGEST_AWAY_MS = 2500;

export function createPerson(options: PersonOptions): Person {
  const { db, member, token, session, urls, keys, dice, pauseMs, leases } = options;
  const { userId } = member;
  const { random, pick } = dice;
  const watch = watchBrowser(userId);
  const rooms = new Map(
    keys.map((key, position) => [key, session.rooms[Math.floor(position / session.chunkSize)]]),
  );
  const roomOf = (key: string) => rooms.get(key);
  const hot = keys.slice(0, Math.ceil(keys.length / 8));
  let held: string | null = null;
  // Whatever a person decides of what they hold ends their hold.
  watch.onDecided = (key) => {
    if (key === held) leases.ended(userId);
    if (key === held) held = null;
  };

  const open = (): Browser => {
    const opened = openBrowser({ urls, session, userId, token, random, ...watch });
    opened.now().showPositions(session.rooms.map((_, chunk) => chunk * session.chunkSize));
    return opened;
  };
  const person: Person = {
    browser: open(),
    watch,
    acts: 0,
    async work(until) {
      while (Date.now() < until) {
        await delay(pauseMs * (0.4 + 1.2 * random()));
        await once();
        person.acts += 1;
      }
      person.browser.setOnline(true);
    },
    close: () => person.browser.close(),
  };

  async function once(): Promise<void> {
    const chance = random();
    if (chance < 0.02) person.browser.cut();
    else if (chance < 0.03) await goAway();
    else if (chance < 0.035) reopen();
    else if (chance < 0.14) await take();
    else if (held !== null && chance < 0.4) decideHeld(held);
    else act(person.browser, random() < 0.5 ? hot : keys, dice, roomOf);
  }

  /** Goes on deciding without a line. */
  async function goAway(): Promise<void> {
    const back = Date.now() + LONGEST_AWAY_MS * random();
    person.browser.setOnline(false);
    while (Date.now() < back) {
      act(person.browser, hot, dice, roomOf);
      await delay(Math.min(pauseMs, LONGEST_AWAY_MS / 4));
    }
    person.browser.setOnline(true);
  }

  /** Closes the tab with whatever was not sent, and opens the session again. */
  function reopen(): void {
    person.browser.close();
    person.browser = open();
  }

  async function take(): Promise<void> {
    const next = await nextItem(db, member, { id: session.id }).catch(() => null);
    if (!next) return;
    held = next.item.annotationId;
    leases.given(userId, next.item.recordId, new Date(next.lease.expiresAt));
  }

  function decideHeld(key: string): void {
    const value = [pick(["neg", "neu"])];
    person.browser.now().decide([{ annotationId: key, status: "CORRECTS", value, room: roomOf(key) }]);
  }

  return person;
}
