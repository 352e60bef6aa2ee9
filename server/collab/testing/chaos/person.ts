import { setTimeout as delay } from "node:timers/promises";
import type { Session } from "@/contracts/sessions";
import type { ProjectActor } from "@/server/modules/access";
import { listSessionItems, nextItem } from "@/server/modules/verification";
import type { Db } from "@/server/platform/db";
import { type Browser, openBrowser } from "../browser";
import { act, type Dice } from "../simulate";
import type { LeaseWatch } from "./lease-watch";
import { type BrowserWatch, watchBrowser } from "./watch-browser";
import type { LeakWatch } from "./watch-leaks";

/** A reviewer with a browser, over the whole run; the page may be another one after a while. */
export type Person = {
  userId: string;
  browser: Browser;
  watch: BrowserWatch;
  acts: number;
  /** Works until then at least, one thing after the other. */
  work(until: number): Promise<void>;
  close(): void;
};

export type PersonOptions = {
  db: Db;
  member: ProjectActor;
  token: string;
  /** As the person sees it. */
  session: Session;
  urls: readonly string[];
  /** In the session's order. */
  keys: readonly string[];
  dice: Dice;
  /** Between two acts, on the average. */
  pauseMs: number;
  leastActs?: number;
  leases: LeaseWatch;
  leaks: LeakWatch;
};

const LONGEST_AWAY_MS = 2500;

export function createPerson(options: PersonOptions): Person {
  const { db, member, token, session, urls, keys, dice, pauseMs, leastActs = 0, leases, leaks } = options;
  const { userId } = member;
  const { random, pick } = dice;
  const watch = watchBrowser(userId, leaks.frame);
  const rooms = new Map(
    keys.map((key, position) => [key, session.rooms[Math.floor(position / session.chunkSize)]]),
  );
  const how = { roomOf: (key: string) => rooms.get(key), blind: session.blindShare === 1 };
  const hot = keys.slice(0, Math.ceil(keys.length / 8));
  const decided = new Set<string>();
  let held: string | null = null;
  watch.onDecided = (key) => {
    decided.add(key);
    // Whatever a person decides of what they hold ends their hold.
    if (key === held) leases.ended(userId);
    if (key === held) held = null;
  };

  const open = (): Browser => {
    const opened = openBrowser({ urls, session, userId, token, random, ...watch });
    opened.now().showPositions(session.rooms.map((_, chunk) => chunk * session.chunkSize));
    return opened;
  };
  const person: Person = {
    userId,
    browser: open(),
    watch,
    acts: 0,
    async work(until) {
      while (Date.now() < until || person.acts < leastActs) {
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
    else if (chance < 0.05) await list();
    else if (chance < 0.15) await take();
    else if (held !== null && chance < 0.4) decideHeld(held);
    else act(person.browser, random() < 0.5 ? hot : keys, dice, how);
  }

  /** Goes on deciding without a line. */
  async function goAway(): Promise<void> {
    const back = Date.now() + LONGEST_AWAY_MS * random();
    person.browser.setOnline(false);
    while (Date.now() < back) {
      act(person.browser, hot, dice, how);
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
    const before = new Set(decided);
    const next = await nextItem(db, member, { id: session.id }).catch(() => null);
    if (!next) return;
    held = next.item.annotationId;
    leases.given(userId, next.item.recordId, new Date(next.lease.expiresAt));
    for (const label of next.item.annotations) if (!before.has(label.annotationId)) leaks.undecided(label);
  }

  async function list(): Promise<void> {
    const before = new Set(decided);
    const from = Math.floor(random() * keys.length);
    const page = await listSessionItems(db, member, {
      id: session.id,
      limit: 20,
      from,
      sort: "position",
    }).catch(() => null);
    for (const label of page?.items ?? [])
      if (!before.has(label.annotationId) && !decided.has(label.annotationId)) leaks.undecided(label);
  }

  function decideHeld(key: string): void {
    const status = how.blind ? {} : { status: "CORRECTS" as const };
    const value = [pick(["neg", "neu"])];
    person.browser.now().decide([{ annotationId: key, value, room: how.roomOf(key), ...status }]);
  }

  return person;
}
