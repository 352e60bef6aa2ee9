import { describe, expect, it } from "vitest";
import { seededRandom } from "@/server/testing/seeded-random";
import { drawSample } from "../testing/draw-sample";
import { estimateLabels } from "./estimate-labels";
import type { LabelGroup, SessionDraw } from "./label-group";

type Label = { predicted: string; truth: string; conf: number };
type Looked = Pick<LabelGroup, "kind" | "sessionId"> & { unsure?: boolean };

const options = ["pos", "neg"];

/** A population of labels that are right about as often as their confidence says. */
function drawLabels(size: number, random: () => number): Label[] {
  return Array.from({ length: size }, () => {
    const predicted = random() < 0.6 ? "pos" : "neg";
    const conf = 0.5 + random() / 2;
    const truth = random() < conf ? predicted : predicted === "pos" ? "neg" : "pos";
    return { predicted, truth, conf };
  });
}

/** Each label as a group of its own. */
function groupsOf(
  labels: readonly Label[],
  looked: (label: Label, at: number) => Looked | null,
): LabelGroup[] {
  return labels.map((label, at) => {
    const found = looked(label, at);
    return {
      predicted: label.predicted,
      bin: Math.min(4, Math.floor((label.conf - 0.5) * 10)),
      kind: found?.kind ?? null,
      truth: found && !found.unsure && found.kind !== "together" ? label.truth : null,
      sessionId: found?.sessionId ?? null,
      count: 1,
      conf: label.conf,
      confSquares: label.conf ** 2,
      confFrom: label.conf,
      confTo: label.conf,
      weight: 1,
      squares: 1,
    };
  });
}

const whole = (id: string, size: number, more: Partial<SessionDraw> = {}): SessionDraw => ({
  id,
  shuffled: false,
  items: size,
  frame: size,
  equal: true,
  ...more,
});

const shareOf = (labels: readonly Label[], of: (label: Label) => boolean) =>
  labels.filter(of).length / labels.length;

describe("estimateLabels", () => {
  const labels = drawLabels(400, seededRandom(5));

  it("leaves verdicts on seen labels out once there are 30 blind ones", () => {
    const draws = [whole("s", 400)];
    const at = (blind: number) =>
      estimateLabels({
        groups: groupsOf(labels, (_, place) =>
          place < blind
            ? { kind: "blind", sessionId: "s" }
            : place < 200
              ? { kind: "seen", sessionId: "s" }
              : null,
        ),
        draws,
        options,
      });
    expect(at(29)).toMatchObject({ basis: "verified", selection: "chosen", n: 200 });
    expect(at(30)).toMatchObject({ basis: "blind", selection: "random", n: 30 });
    expect(at(200)).toMatchObject({ basis: "blind", selection: "random", n: 200 });
  });

  it("falls back on all verdicts where blind ones leave kinds of labels out", () => {
    const found = estimateLabels({
      groups: groupsOf(labels, ({ conf }, place) =>
        conf < 0.7 && place < 300
          ? { kind: "blind", sessionId: "doubtful" }
          : place % 2 === 0
            ? { kind: "seen", sessionId: null }
            : null,
      ),
      draws: [whole("doubtful", 160)],
      options,
    });
    expect(found).toMatchObject({
      basis: "verified",
      selection: "chosen",
      accuracy: { method: "stratified" },
    });
  });

  it("takes a session that was looked at to the end as drawn, in whatever order, also with some unsure", () => {
    const sample = whole("s", 50, { frame: 400 });
    const groups = (until: number) =>
      groupsOf(labels, (_, place) =>
        place < until ? { kind: "seen", sessionId: "s", unsure: place === 3 } : null,
      );
    expect(estimateLabels({ groups: groups(50), draws: [sample], options })).toMatchObject({
      selection: "random",
      n: 49,
      unsure: 1,
    });
    expect(estimateLabels({ groups: groups(49), draws: [sample], options }).selection).toBe("chosen");
  });

  it("puts samples with one chance together, and of others takes the one with the most", () => {
    const groups = groupsOf(labels, (_, place) =>
      place < 80 ? { kind: "blind", sessionId: place < 50 ? "a" : "b" } : null,
    );
    const equal = [whole("a", 200, { frame: 400 }), whole("b", 400)];
    expect(estimateLabels({ groups, draws: equal, options })).toMatchObject({ selection: "random", n: 80 });
    const unequal = [whole("a", 200, { frame: 400, equal: false }), whole("b", 400)];
    expect(estimateLabels({ groups, draws: unequal, options })).toMatchObject({
      selection: "weighted",
      n: 50,
      accuracy: { method: "hajek" },
    });
  });

  it("counts each option of a multi-select label by itself", () => {
    const sets = [
      { predicted: '["a","b"]', truth: "a", conf: 0.9 },
      { predicted: "a", truth: '["a","b"]', conf: 0.8 },
      { predicted: "b", truth: "[]", conf: 0.7 },
      { predicted: "a", truth: "a", conf: 0.6 },
    ];
    const found = estimateLabels({
      groups: groupsOf(sets, () => ({ kind: "seen", sessionId: null })),
      draws: [],
      options: ["b", "c"],
    });
    expect(found).toMatchObject({ n: 4, correct: 1, accuracy: { value: 0.25, interval: [0.25, 0.25] } });
    expect(found.shares.map(({ value, share, raw }) => [value, share, raw])).toEqual([
      ["b", 0.25, 0.5],
      ["c", 0, 0],
      ["a", 0.75, 0.75],
    ]);
    expect(found.strata.map(({ predicted }) => predicted)).toEqual([["a", "b"], ["a"], ["a"], ["b"]]);
  });

  it("says that there are no labels", () => {
    expect(estimateLabels({ groups: [], draws: [], options })).toMatchObject({
      population: 0,
      accuracy: { value: null, reason: "The job has no such label on records that are there" },
      shares: [
        { value: "pos", raw: null },
        { value: "neg", raw: null },
      ],
    });
  });

  it.each([
    ["blind rows of a few hundred", 150, "ppi++"],
    ["a few blind rows", 40, "wilson"],
  ] as const)("covers accuracy and shares over 1,000 draws of %s", (_, n, method) => {
    const random = seededRandom(n);
    const truth = {
      accuracy: shareOf(labels, (label) => label.predicted === label.truth),
      pos: shareOf(labels, (label) => label.truth === "pos"),
    };
    const hits = { accuracy: 0, pos: 0 };
    const sums = { accuracy: 0, pos: 0 };
    const draws = 1_000;
    for (let draw = 0; draw < draws; draw++) {
      const drawn = new Set(drawSample(labels, n, random));
      const groups = groupsOf(labels, (label) =>
        drawn.has(label) ? { kind: "blind", sessionId: "s" } : null,
      );
      const { accuracy, shares } = estimateLabels({ groups, draws: [whole("s", 400)], options });
      expect(accuracy.method).toBe(method);
      for (const [key, value, interval] of [
        ["accuracy", accuracy.value, accuracy.interval],
        ["pos", shares[0]?.share, shares[0]?.interval],
      ] as const) {
        sums[key] += value ?? Number.NaN;
        const [low, high] = interval ?? [1, 0];
        if (low <= truth[key] && truth[key] <= high) hits[key] += 1;
      }
    }
    for (const key of ["accuracy", "pos"] as const) {
      expect(hits[key] / draws).toBeGreaterThan(0.925);
      expect(hits[key] / draws).toBeLessThan(0.98);
      expect(Math.abs(sums[key] / draws - truth[key])).toBeLessThan(0.008);
    }
  });

  it("is right about labels that were verified from the least sure, within strata, where the plain share is not", () => {
    const random = seededRandom(9);
    const truth = shareOf(labels, (label) => label.predicted === label.truth);
    const draws = 300;
    let [hits, sum, plain] = [0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const groups = groupsOf(labels, ({ conf }) =>
        random() < 0.9 - 1.5 * (Math.floor(conf * 10) / 10 - 0.5) ? { kind: "seen", sessionId: null } : null,
      );
      const { accuracy, n, correct } = estimateLabels({ groups, draws: [], options });
      const [low, high] = accuracy.interval ?? [1, 0];
      if (low <= truth && truth <= high) hits += 1;
      sum += accuracy.value ?? Number.NaN;
      plain += correct / n;
    }
    expect(hits / draws).toBeGreaterThan(0.925);
    expect(Math.abs(sum / draws - truth)).toBeLessThan(0.006);
    expect(truth - plain / draws).toBeGreaterThan(0.03);
  });
});

it("counts a set for each option in it, and tells no share where too little of its kind was checked", () => {
  const sets = ['["neg","pos"]', '["outside","pos"]', "neg", "neg"];
  const groups = groupsOf(
    sets.map((predicted) => ({ predicted, truth: "pos", conf: 0.6 })),
    (_, at) => (at === 0 ? { kind: "seen", sessionId: null } : null),
  );
  const { shares, reason } = estimateLabels({ groups, draws: [], options });
  expect(reason).toContain("of 3 of the 4 labels none like them was checked");
  expect(shares.map(({ value, raw, share }) => [value, raw, share])).toEqual([
    ["pos", 0.5, null],
    ["neg", 0.75, null],
    ["outside", 0.25, null],
  ]);
});
