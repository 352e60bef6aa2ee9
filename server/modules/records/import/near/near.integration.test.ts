import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProjectActor } from "@/server/modules/access";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createTestProject } from "@/server/testing/projects";
import { seededRandom } from "@/server/testing/seeded-random";
import { importText } from "../testing/import-bytes";
import { bandsOf, NEAR, similarity } from "./min-hash";

let test: TestDatabase;
let member: ProjectActor;
beforeAll(async () => {
  test = await createTestDatabase();
  ({ administrator: member } = await createTestProject(test.db));
});
afterAll(() => test.drop());

const long = "My flight from Boston was delayed for five hours and nobody at the gate could say why";

async function metadataOf(externalId: string) {
  const record = await test.db.record.findFirstOrThrow({
    where: { projectId: member.projectId, externalId },
  });
  return record.metadata;
}

it("marks what repeats an earlier text, of the file or of the project, with the id of the earliest", async () => {
  const rows = [
    `a,${long}`,
    "b,Something else altogether, which repeats nothing".replace(", ", " "),
    `c,${long.toUpperCase()}!!! https://t.co/xyz`,
    `d,${long} today`,
    "e,thanks",
    "f,Thanks!",
    "g,:-)",
    "h,:-)",
  ];
  const options = { id: "id", nearDuplicates: "mark", builtIn: ["length", "language"] } as const;
  const run = await importText(test, member, `id,content\n${rows.join("\n")}\n`, {
    ...options,
    builtIn: [...options.builtIn],
  });
  expect(run).toMatchObject({ status: "succeeded", imported: 8, nearDuplicates: 3 });
  expect(await metadataOf("a")).toEqual({ length: long.length, language: "en" });
  expect(await metadataOf("c")).toMatchObject({ duplicate_of: "a" });
  expect(await metadataOf("d")).toMatchObject({ duplicate_of: "a" });
  expect(await metadataOf("f")).toEqual({ length: 7, duplicate_of: "e" });
  expect(await metadataOf("h")).toEqual({ length: 3 });
  const again = await importText(test, member, `id,content\nz,${long}\na,${long}\n`, {
    id: "id",
    nearDuplicates: "mark",
  });
  expect(again).toMatchObject({ imported: 1, skipped: 1, nearDuplicates: 1 });
  expect(await metadataOf("z")).toEqual({ duplicate_of: "a" });
  const names = await test.db.metadataName.findMany({ where: { projectId: member.projectId } });
  expect(names.map(({ name, type }) => `${name} ${type}`).sort()).toEqual([
    "duplicate_of string",
    "language string",
    "length number",
  ]);
});

it("says nothing of duplicates when it was not asked", async () => {
  expect(await importText(test, member, `id,content\ny,${long}\n`, { id: "id" })).toMatchObject({
    nearDuplicates: null,
  });
});

it("does not take a column for what it works out itself", async () => {
  await expect(
    importText(test, member, "id,content,length\n1,a,2\n", {
      id: "id",
      metadata: ["*"],
      builtIn: ["length"],
    }),
  ).rejects.toThrow(/"length" is worked out/);
});

it("finds by their bands nearly all texts that are alike, and few others", () => {
  const random = seededRandom(3);
  const word = () => Math.floor(random() * 40_000).toString(36);
  const shareBand = (a: string, b: string) => {
    const other = bandsOf(b);
    return bandsOf(a).some((hash, band) => hash === other[band]);
  };
  let [alike, found, others, taken] = [0, 0, 0, 0];
  for (let n = 0; n < 400; n++) {
    const words = Array.from({ length: 40 }, word);
    const changed = words.map((given, at) => (at < (n % 8) + (n % 3) ? word() : given));
    const [a, b, c] = [words.join(" "), changed.join(" "), Array.from({ length: 40 }, word).join(" ")];
    if (similarity(a, b) >= NEAR) {
      alike += 1;
      found += shareBand(a, b) ? 1 : 0;
    }
    others += 1;
    taken += shareBand(a, c) ? 1 : 0;
  }
  expect(alike).toBeGreaterThan(50);
  expect(found / alike).toBeGreaterThan(0.95);
  expect(taken / others).toBeLessThan(0.02);
});
