import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { decodeUpdate, UnacceptableUpdate } from "./decode-update";
import { createUpdateParser } from "./parse-update";
import { writeUpdate } from "./testing/write-update";

/** Every update that `change` makes of a copy of `doc`. */
function updatesOf(doc: Y.Doc, change: (copy: Y.Doc) => void, clientId?: number): Uint8Array[] {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  if (clientId !== undefined) copy.clientID = clientId;
  const updates: Uint8Array[] = [];
  copy.on("update", (update: Uint8Array) => void updates.push(update));
  change(copy);
  return updates;
}

const serverDoc = (entries: Record<string, unknown> = {}): Y.Doc => {
  const doc = new Y.Doc();
  for (const [key, value] of Object.entries(entries)) doc.getMap("decisions").set(key, value);
  return doc;
};

const acceptable = (doc: Y.Doc, bytes: Uint8Array) => {
  try {
    return createUpdateParser(doc)(decodeUpdate(bytes));
  } catch (error) {
    if (error instanceof UnacceptableUpdate) return null;
    throw error;
  }
};

const parseAll = (doc: Y.Doc, updates: readonly Uint8Array[]) => {
  const parse = createUpdateParser(doc);
  return updates.map((update) => parse(decodeUpdate(update)));
};

describe("a good update", () => {
  it("says what it sets, for new keys and for known ones", () => {
    const doc = serverDoc({ a: 1 });
    const [one, two] = parseAll(
      doc,
      updatesOf(
        doc,
        (copy) => {
          copy.getMap("decisions").set("a", { n: 2 });
          copy.getMap("decisions").set("b", { n: 3 });
        },
        77,
      ),
    );
    expect(one?.intents).toEqual([{ map: "decisions", key: "a", value: { n: 2 } }]);
    expect(two?.intents).toEqual([{ map: "decisions", key: "b", value: { n: 3 } }]);
    expect(one?.writers).toEqual([77]);
    expect(one?.clocks).toEqual(new Map([[77, { from: 0, to: 1 }]]));
  });

  it("of one transaction that sets a key twice says the last", () => {
    const doc = serverDoc();
    const updates = updatesOf(doc, (copy) =>
      copy.transact(() => {
        copy.getMap("decisions").set("a", 1);
        copy.getMap("decisions").set("a", 2);
      }),
    );
    expect(parseAll(doc, updates)[0]?.intents).toEqual([{ map: "decisions", key: "a", value: 2 }]);
  });

  it("that is whole, with all that was deleted before, is nothing new when it is known", () => {
    const doc = serverDoc({ a: 1 });
    doc.getMap("decisions").set("a", 2);
    const [parsed] = parseAll(doc, [Y.encodeStateAsUpdate(doc)]);
    expect(parsed).toMatchObject({ intents: [], touched: [], writers: [] });
  });

  it("of a client whose own decision lost against another there touches its key and says nothing", () => {
    const doc = serverDoc({ a: "old" });
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    copy.clientID = 1;
    copy.getMap("decisions").set("a", "mine");
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    other.clientID = 2;
    other.getMap("decisions").set("a", "other's");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(other));
    const [parsed] = parseAll(doc, [Y.encodeStateAsUpdate(copy, Y.encodeStateVector(doc))]);
    expect(parsed?.intents).toEqual([]);
    expect(parsed?.touched).toEqual([{ map: "decisions", key: "a" }]);
  });
});

describe("an update that is refused", () => {
  const refusal = (doc: Y.Doc, updates: readonly Uint8Array[]): string => {
    try {
      parseAll(doc, updates);
      return "";
    } catch (error) {
      if (error instanceof UnacceptableUpdate) return error.message;
      throw error;
    }
  };

  it("deletes a key", () => {
    const doc = serverDoc({ a: 1 });
    const updates = updatesOf(doc, (copy) => copy.getMap("decisions").delete("a"));
    expect(refusal(doc, updates)).toBe("it deletes a key");
  });

  it("deletes a key that an update before it in the same group has set", () => {
    const doc = serverDoc();
    const [set = new Uint8Array()] = updatesOf(doc, (copy) => copy.getMap("decisions").set("a", 1), 1);
    const early = serverDoc();
    Y.applyUpdate(early, set);
    const [erase = new Uint8Array()] = updatesOf(early, (copy) => copy.getMap("decisions").delete("a"), 2);
    const parse = createUpdateParser(doc);
    parse(decodeUpdate(set));
    // Its key is among those that the server sets again; to refuse it outright is not needed here.
    expect(parse(decodeUpdate(erase)).touched).toEqual([{ map: "decisions", key: "a" }]);
  });

  it("misses an update before it", () => {
    const doc = serverDoc();
    const updates = updatesOf(doc, (copy) => {
      copy.getMap("decisions").set("a", 1);
      copy.getMap("decisions").set("b", 1);
    });
    expect(refusal(doc, updates.slice(1))).toBe("it lacks what comes before");
  });

  it.each<[string, Parameters<typeof writeUpdate>]>([
    [
      "speaks of a client twice, of which Yjs would take the last",
      [
        [
          { clientId: 7, clock: 0, structs: [{ key: "a" }] },
          { clientId: 7, clock: 0, structs: [{ key: "b" }] },
        ],
      ],
    ],
    [
      "speaks of a client twice, so that the rest would stay pending",
      [
        [
          { clientId: 7, clock: 0, structs: [{ key: "a" }] },
          { clientId: 8, clock: 0, structs: [{ key: "c" }] },
          { clientId: 7, clock: 1, structs: [{ key: "b" }] },
        ],
      ],
    ],
    ["speaks of a client without a word", [[{ clientId: 7, clock: 0, structs: [] }]]],
    [
      "writes twice after the same",
      [[{ clientId: 7, clock: 0, structs: [{ key: "a" }, { origin: [7, 0] }, { origin: [7, 0] }] }]],
    ],
    ["begins a key twice", [[{ clientId: 7, clock: 0, structs: [{ key: "a" }, { key: "a" }] }]]],
    [
      "says more than a group of people decides",
      [
        [
          {
            clientId: 7,
            clock: 0,
            structs: Array.from({ length: 4001 }, (_, index) => ({ key: `${index}` })),
          },
        ],
      ],
    ],
    [
      "sets a value that is nested without end",
      [[{ clientId: 7, clock: 0, structs: [{ key: "a", value: [[[[[1]]]]] }] }]],
    ],
  ])("%s", (_, written) => {
    expect(refusal(serverDoc(), [writeUpdate(...written)])).toMatch(/^it /);
  });

  it("says something else than before of what is known in part", () => {
    const first = writeUpdate([{ clientId: 7, clock: 0, structs: [{ key: "a", deleted: 1 }] }]);
    const again = (key: string) => writeUpdate([{ clientId: 7, clock: 0, structs: [{ key, deleted: 2 }] }]);
    expect(refusal(serverDoc(), [first, again("b")])).toBe("it says something else than before");
    expect(refusal(serverDoc(), [first, again("a")])).toBe("");
  });

  it("says of what is known that it follows what nobody has", () => {
    const first = writeUpdate([{ clientId: 7, clock: 0, structs: [{ key: "a", value: 0 }] }]);
    const again = writeUpdate([
      {
        clientId: 7,
        clock: 0,
        structs: [
          { origin: [2, 0], value: 0 },
          { key: "b", value: 0 },
        ],
      },
    ]);
    expect(refusal(serverDoc(), [first, again])).toBe("it says something else than before");
  });

  it("follows what nobody knows", () => {
    const known = serverDoc({ a: 1 });
    const updates = updatesOf(known, (copy) => copy.getMap("decisions").set("a", 2));
    expect(refusal(serverDoc(), updates)).toBe("it lacks what comes before");
  });
});

/** Updates of three clients who care for no rule of Yjs. */
const hostile = fc.array(
  fc.record({
    sections: fc.uniqueArray(
      fc.record({
        clientId: fc.integer({ min: 1, max: 3 }),
        clock: fc.nat(4),
        structs: fc.array(
          fc.oneof(
            fc.record({ key: fc.constantFrom("a", "b", "c"), value: fc.nat(9) }),
            fc.record({ key: fc.constantFrom("a", "b"), deleted: fc.integer({ min: 1, max: 3 }) }),
            fc.record({
              origin: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(5)),
              value: fc.nat(9),
            }),
            fc.record({
              origin: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(5)),
              deleted: fc.integer({ min: 1, max: 3 }),
            }),
          ),
          { minLength: 1, maxLength: 4 },
        ),
      }),
      { maxLength: 3 },
    ),
    deletions: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.nat(6), fc.integer({ min: 1, max: 4 })), {
      maxLength: 3,
    }),
  }),
  { minLength: 1, maxLength: 8 },
);

describe("for whatever comes", () => {
  it("what is not refused changes no key but those that were seen in it, and leaves nothing pending", () => {
    let applied = 0;
    fc.assert(
      fc.property(hostile, (updates) => {
        const doc = serverDoc({ a: 1 });
        for (const { sections, deletions } of updates) {
          const bytes = writeUpdate(sections, deletions);
          const { touched } = acceptable(doc, bytes) ?? {};
          if (!touched) continue;
          applied += 1;
          const seen = new Set(touched.map(({ key }) => key));
          const changed = new Set<string | null>();
          doc.getMap("decisions").observe(({ keysChanged }) => {
            for (const key of keysChanged) changed.add(key);
          });
          Y.applyUpdate(doc, bytes);
          expect([...changed].filter((key) => key === null || !seen.has(key))).toEqual([]);
          expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
        }
      }),
      { numRuns: 2000 },
    );
    expect(applied).toBeGreaterThan(500);
  });

  it("noise is refused, and never anything else than refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const doc = serverDoc({ a: 1 });
        try {
          createUpdateParser(doc)(decodeUpdate(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(UnacceptableUpdate);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("a broken good update is refused, or leaves nothing pending when it is applied", () => {
    const flips = fc.array(fc.record({ at: fc.nat(400), to: fc.nat(255) }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(flips, (changes) => {
        const doc = serverDoc({ a: { value: ["x"] }, b: 2 });
        const [update = new Uint8Array()] = updatesOf(doc, (copy) =>
          copy.transact(() => {
            copy.getMap("decisions").set("a", { value: ["y"], by: "z" });
            copy.getMap("decisions").set("c", 3);
          }),
        );
        const broken = new Uint8Array(update);
        for (const { at, to } of changes) broken[at % broken.length] = to;
        try {
          createUpdateParser(doc)(decodeUpdate(broken));
        } catch (error) {
          expect(error).toBeInstanceOf(UnacceptableUpdate);
          return;
        }
        Y.applyUpdate(doc, broken);
        expect(doc.store.pendingStructs).toBeNull();
        expect(doc.store.pendingDs).toBeNull();
        expect([...doc.share.keys()].sort()).toEqual(["decisions", "spans"]);
      }),
      { numRuns: 2000 },
    );
  });
});
