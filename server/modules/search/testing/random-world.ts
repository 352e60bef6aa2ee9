import type { JsonValue } from "@/contracts/common";
import { distinctByCodePoint } from "@/server/platform/code-point-order";
import { newId } from "@/server/platform/ids";
import { seededRandom } from "@/server/testing/seeded-random";
import type { Assigned, SubsetDefinition } from "../query-scope";
import type { World, WorldAnnotation, WorldRecord, WorldVerdict } from "./world";

/** Few of each, so that random queries find something. */
export const words = [
  "good",
  "GOOD",
  "ÄRGER",
  "ärger",
  "100%",
  "a_b",
  "\\",
  "ΣΑΣ",
  "σας",
  "İ",
  "😀",
  "\uFFFD",
];
export const metadataNames = [
  "price",
  "tag",
  "a name – with dashes",
  "flag",
  `o'clock "so" \\ $1`,
  "情感 пол",
];
export const metadataValues: JsonValue[] = [
  0,
  1,
  2.5,
  -3,
  1e21,
  "",
  "1",
  "a",
  "A",
  "ä",
  "😀",
  "\uFFFD",
  true,
  false,
  null,
  [1, "a"],
  { b: 1, a: [null] },
];
export const labels = ["sentiment", 'my label\'s "тон" – 1', "spans"];
export const options = ["pos", "very good – so, so", "neu", "😀"];
export const confs = [0, 0.1, 0.1 + 0.2, 0.99, 1];

type RandomWorldInput = {
  seed: number;
  projectId: string;
  /** Both are annotators; the second is the one whose eyes are tested. */
  userIds: readonly [string, string];
  size?: number;
};

/** A project with about everything that a query can ask about, the same for the same seed but for its ids. */
export function randomWorld({ seed, projectId, userIds, size = 40 }: RandomWorldInput): World {
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  const pick = <T>(from: readonly T[], fallback: T): T =>
    from[Math.floor(random() * from.length)] ?? fallback;
  const some = <T>(from: readonly T[], share: number) => from.filter(() => chance(share));
  const metadata = (share: number) =>
    Object.fromEntries(some(metadataNames, share).map((name) => [name, pick(metadataValues, null)]));

  const records: WorldRecord[] = Array.from({ length: size }, (_, position) => ({
    id: newId(),
    externalId: `e${position}`,
    content: `${some(words, 0.25).join(" ")} ${position}`,
    metadata: metadata(0.7),
    position,
    createdAt: new Date(Date.UTC(2026, 0, 1 + (position % 5))),
    deleted: chance(0.05),
  }));
  const jobIds = [newId(), newId()];
  const annotations: WorldAnnotation[] = records.flatMap(({ id: recordId }) =>
    [...userIds, ...jobIds].flatMap((annotatorId) =>
      some(labels, 0.4).flatMap((label) =>
        (label === "spans" ? some([0, 3], 0.6) : [-1]).map((start) => ({
          id: newId(),
          recordId,
          annotatorId,
          label,
          start,
          value: distinctByCodePoint(chance(0.8) ? [pick(options, "pos")] : some(options, 0.5)),
          conf: chance(0.7) ? pick(confs, 0) : null,
          metadata: metadata(0.3),
        })),
      ),
    ),
  );
  const verdicts: WorldVerdict[] = annotations
    .filter(({ annotatorId }) => jobIds.includes(annotatorId) && chance(0.6))
    .flatMap(({ id, recordId }) =>
      some(userIds, 0.6).map((verifierId) => ({
        annotationId: id,
        recordId,
        verifierId,
        status: pick(["CONFIRMS", "CORRECTS", "UNSURE", null] as const, null),
        current: chance(0.8),
      })),
    );
  const statics = [newId(), newId()];
  const [first = newId()] = statics;
  const live = newId();
  // Two people whose subsets ask for what the other, and they themselves, have been given.
  const [own, others, small] = [newId(), newId(), newId()];
  const share = newId();
  const whole = (subsetId: string): Assigned => ({ id: newId(), subsetId, frozen: false });
  const labelled = records.filter(({ id }) => annotations.some(({ recordId }) => recordId === id));
  const ids = (from: readonly WorldRecord[], share: number) => new Set(some(from, share).map(({ id }) => id));
  return {
    projectId,
    jobIds,
    userIds,
    records,
    annotations,
    verdicts,
    subsets: new Map<string, SubsetDefinition>([
      ...statics.map((id): [string, SubsetDefinition] => [id, { kind: "static" }]),
      [
        live,
        {
          kind: "live",
          query: {
            or: [
              { not: { subset: first } },
              { label: { name: "sentiment", op: "==", value: "pos", annotators: [...jobIds] } },
            ],
          },
        },
      ],
      [small, { kind: "live", query: { and: [{ subset: live }, { keyword: "good" }] } }],
      [own, { kind: "live", query: { or: [{ assignedTo: userIds[0] }, { regex: "s$|\\d{2}" }] } }],
      [
        others,
        { kind: "live", query: { and: [{ assignedTo: userIds[1] }, { not: { assignedTo: userIds[0] } }] } },
      ],
    ]),
    members: new Map(statics.map((id) => [id, ids(records, 0.5)])),
    shares: new Map([[share, ids(records, 0.4)]]),
    assigned: new Map([
      [userIds[0], [whole(own), whole(others)]],
      [
        userIds[1],
        [{ id: share, subsetId: first, frozen: true }, whole(small), ...statics.slice(1).map(whole)],
      ],
    ]),
    opened: new Map([[userIds[1], ids(labelled, 0.3)]]),
    flags: { open: ids(records, 0.3), settled: ids(records, 0.3) },
  };
}
