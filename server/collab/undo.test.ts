import fc from "fast-check";
import { expect, it } from "vitest";
import { type Acts, createActs } from "@/components/verification/live/acts";
import { isSpanMark, type Mark } from "@/components/verification/live/marks";
import { type Decision, decision } from "@/contracts/live";
import type { ProjectActor } from "@/server/modules/access";
import type { NewVerdict, ReplacedVerdict, RoomItems } from "@/server/modules/verification";
import { judgeDecision } from "./judge-decision";
import { afterDecision, type KeyState, NO_HISTORY, readHistory } from "./standing";

/**
 * Three people decide, take back and do again, alone and in bulk, with what the page does and what the server judges,
 * over keys that all three want. Pages may be behind the server; what they write then is judged as it arrives.
 */
const KEYS = ["k0", "k1", "k2", "k3"];
const PEOPLE = ["ada", "bo", "cy"].map(
  (name, n): ProjectActor => ({
    userId: `018f0000-0000-7000-8000-00000000000${n}`,
    userName: name,
    projectId: "p",
    projectSlug: "p",
    role: "reviewer",
    tokenScopes: [],
  }),
);

const room = {
  definition: {
    name: "sentiment",
    type: "select",
    options: ["pos", "neg", "neu"].map((value) => ({ value })),
  },
  overlap: null,
  items: new Map(
    KEYS.map((annotationId) => [
      annotationId,
      { annotationId, recordId: "r", jobId: "j", value: ["pos"], blind: false },
    ]),
  ),
} as unknown as RoomItems;

type Page = {
  acts: Acts;
  /** What the page shows of each label. */
  sees: Map<string, Decision>;
  /** Without a line: the last word of each label, and what stood before the first. */
  outbox: Map<string, { after: Decision; seen: Decision["base"] }> | null;
};

/**
 * A server that commits at once, and pages that hear of it when they are told to.
 * @param fromRows what stands below is read from the history each time, as between two commits
 */
function createWorld(fromRows: boolean) {
  const states = new Map<string, KeyState>();
  const histories = new Map<string, ReplacedVerdict[]>();
  const refusals: string[] = [];
  const pages = PEOPLE.map((author): Page => {
    const sees = new Map<string, Decision>();
    const acts = createActs({
      me: author.userId,
      holds(key) {
        const mark = sees.get(key);
        return mark ? { mark, unsaved: false } : null;
      },
      place: () => undefined,
      mayWrite: () => true,
      write(changes) {
        for (const { key, after } of changes) put(author, page, key, after);
      },
    });
    const page: Page = { acts, sees, outbox: null };
    return page;
  });

  function put(author: ProjectActor, { sees, outbox }: Page, key: string, after: Mark): void {
    if (isSpanMark(after)) throw new Error("Nobody marks spans here.");
    const seen = stampOf(sees.get(key));
    if (!outbox) {
      arrive(author, sees, key, { ...after, base: seen });
    } else {
      const before = outbox.get(key);
      outbox.set(key, { after, seen: before ? before.seen : seen });
      sees.set(key, after);
    }
  }

  /** The line is back: what was kept is sent, each on what its author saw, or on their own last word. */
  function reconnect(author: ProjectActor, page: Page): void {
    const kept = [...(page.outbox ?? [])];
    page.outbox = null;
    sync(page);
    for (const [key, { after, seen }] of kept) {
      const stands = page.sees.get(key);
      arrive(author, page.sees, key, {
        ...after,
        base: stands?.by === author.userId ? stampOf(stands) : seen,
      });
    }
  }

  function sync({ sees, outbox }: Page): void {
    if (outbox) return;
    sees.clear();
    for (const [key, { committed }] of states) if (committed) sees.set(key, committed);
  }

  function arrive(author: ProjectActor, sees: Map<string, Decision>, key: string, value: Decision): void {
    const known = states.get(key) ?? { committed: null, ...NO_HISTORY };
    const history = histories.get(key) ?? [];
    const state = fromRows ? { ...known, ...readHistory(history) } : known;
    const now = {
      state: "open" as const,
      held: [],
      people: PEOPLE.map(({ userId, role }) => ({ userId, role, opened: true })),
    };
    const judged = judgeDecision({ key, value, author, room, now, state });
    if (judged.kind === "accepted") {
      const next = afterDecision(state, judged.decision);
      states.set(key, next);
      if (judged.verdict) histories.set(key, [...history, rowOf(judged.verdict)]);
      sees.set(key, decision.parse(judged.decision));
    } else if (judged.kind === "refused") {
      refusals.push(judged.code);
      if (state.committed) sees.set(key, state.committed);
      else sees.delete(key);
    }
  }

  return {
    pages,
    refusals,
    committed: (key: string) => states.get(key)?.committed ?? null,
    /** A page hears of everything, if it has a line. */
    sync,
    reconnect,
  };
}

const stampOf = (one: Decision | undefined): Decision["base"] => (one ? { by: one.by, at: one.at } : null);

const rowOf = (verdict: NewVerdict): ReplacedVerdict => ({
  annotationId: verdict.annotationId,
  verifierId: verdict.verifierId,
  status: verdict.status,
  value: [...verdict.value],
  start: verdict.start ?? null,
  end: verdict.end ?? null,
  reason: verdict.reason ?? null,
  together: verdict.together ?? false,
  restoredById: verdict.restoredById ?? null,
  decidedAt: new Date(verdict.decidedAt ?? 0),
});

type World = ReturnType<typeof createWorld>;

/** What stands, in words: nothing is the same whoever has taken back. */
const said = (one: Decision | null) =>
  one && one.status !== null && one.status !== undefined
    ? `${one.by} ${one.status} ${one.value.join()}`
    : "nothing";
const picture = (world: World) => new Map(KEYS.map((key) => [key, said(world.committed(key))]));

const person = fc.nat({ max: PEOPLE.length - 1 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("decide" as const),
      person,
      keys: fc.uniqueArray(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 4 }),
      value: fc.constantFrom("pos", "neg", "neu", "unsure", "clear"),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("undo" as const), person }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("redo" as const), person }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("sync" as const), person }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom("offline" as const, "online" as const), person }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** @returns the labels of which the page has said something new */
function decide({ acts, sees }: Page, keys: readonly string[], value: string): string[] {
  const status =
    value === "clear" ? null : value === "unsure" ? "UNSURE" : value === "pos" ? "CONFIRMS" : "CORRECTS";
  const values = value === "clear" || value === "unsure" ? [] : [value];
  const seen = new Map(keys.map((key) => [key, sees.get(key) ?? null]));
  acts.decide(keys.map((annotationId) => ({ annotationId, status, value: values })));
  return keys.filter((key) => !isSame(sees.get(key) ?? null, seen.get(key) ?? null));
}

/** An act that a person can take back, by key: what it found, in words, and what it left. */
type Done = Map<string, { found: string; left: Decision | null }>;

const isSame = (a: Decision | null, b: Decision | null) => a?.by === b?.by && a?.at === b?.at;

/** Runs the steps; with `upToDate`, each page hears of everything before each act of its person. */
function run(steps: readonly Step[], upToDate: boolean, fromRows: boolean): World {
  const world = createWorld(fromRows);
  const stacks = PEOPLE.map(() => ({ past: [] as Done[], future: [] as Done[] }));
  for (const one of steps) {
    const page = world.pages[one.person];
    const stack = stacks[one.person];
    if (!page || !stack) throw new Error("There is no such person.");
    const author = PEOPLE[one.person];
    if (upToDate || one.kind === "sync") world.sync(page);
    if (one.kind === "offline" && !upToDate) page.outbox ??= new Map();
    if (one.kind === "online" && author) world.reconnect(author, page);
    if (one.kind !== "decide" && one.kind !== "undo" && one.kind !== "redo") continue;
    const words = picture(world);
    const before = new Map(KEYS.map((key) => [key, world.committed(key)]));
    if (one.kind === "decide") {
      const act = decide(page, one.keys, one.value);
      if (act.length === 0) continue;
      stack.past.push(doneBetween(world, act, words));
      stack.future = [];
      continue;
    }
    const [from, to] = one.kind === "undo" ? [stack.past, stack.future] : [stack.future, stack.past];
    const act: Done = from.pop() ?? new Map();
    const result = page.acts[one.kind]();
    const left = result.kind === "overtaken" ? result.keys : [];
    for (const key of KEYS) {
      const entry = act.get(key);
      const now = said(world.committed(key));
      // Only what the act changed is touched, and of that nothing that somebody has changed since.
      if (!entry || left.includes(key)) expect(now).toBe(words.get(key));
      else if (upToDate) expect(now).toBe(entry.found);
      if (upToDate && entry && isSame(before.get(key) ?? null, entry.left)) expect(left).not.toContain(key);
    }
    const back = [...act.keys()].filter((key) => !left.includes(key));
    if (back.length > 0) to.push(doneBetween(world, back, words));
  }
  return world;
}

const doneBetween = (world: World, keys: readonly string[], words: ReadonlyMap<string, string>): Done =>
  new Map(
    keys.map((key) => {
      return [key, { found: words.get(key) ?? "nothing", left: world.committed(key) }];
    }),
  );

it("whatever the order, on up-to-date pages nothing is refused", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: "max" }), fc.boolean(), (steps, fromRows) => {
      expect(run(steps, true, fromRows).refusals).toEqual([]);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

it("on pages that are behind, what meets somebody else's newer word is overtaken, and nothing else", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: "max" }), fc.boolean(), (steps, fromRows) => {
      expect(new Set([...run(steps, false, fromRows).refusals, "overtaken"])).toEqual(new Set(["overtaken"]));
    }),
    { seed: 2, numRuns: 1000 },
  );
});

it("what is decided and taken back without a line changes nothing, and nobody is told anything", () => {
  const steps: Step[] = [
    { kind: "decide", person: 0, keys: ["k0"], value: "neg" },
    { kind: "sync", person: 1 },
    { kind: "offline", person: 1 },
    { kind: "decide", person: 1, keys: ["k0"], value: "neu" },
    { kind: "undo", person: 1 },
    { kind: "online", person: 1 },
  ];
  const world = run(steps, false, true);
  expect(world.refusals).toEqual([]);
  expect(world.committed("k0")).toMatchObject({ by: PEOPLE[0]?.userId, value: ["neg"] });
});
