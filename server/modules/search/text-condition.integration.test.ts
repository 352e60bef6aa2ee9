import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TextWay } from "@/contracts/text-query";
import { queryRows, sql } from "@/server/platform/sql";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { addRecords, createLabelledProject, type LabelledProject } from "@/server/testing/labelled-project";
import { textCondition } from ".";

let test: TestDatabase;
let world: LabelledProject;

beforeAll(async () => {
  test = await createTestDatabase();
  world = await createLabelledProject(test.db);
  await addRecords(
    world,
    ["The service was bad", "We received our bags", "100% sure_thing", "Straße und Öl", "nothing"].map(
      (content, index) => ({ externalId: `${index}`, content }),
    ),
  );
});
afterAll(() => test.drop());

async function found(text: string, way: TextWay): Promise<string[]> {
  const condition = await textCondition(test.db, { text, way }, "keyword");
  const rows = await queryRows<{ content: string }>(
    test.db,
    sql`select r."content" from "Record" r where r."projectId" = ${world.project.id}::uuid and ${condition}
      order by r."position"`,
  );
  return rows.map(({ content }) => content);
}

describe("words in a text", () => {
  it("as they stand, whatever their case, and no sign means anything", async () => {
    expect(await found("SERVICE", "exact")).toEqual(["The service was bad"]);
    expect(await found("öl", "exact")).toEqual(["Straße und Öl"]);
    expect(await found("%", "exact")).toEqual(["100% sure_thing"]);
    expect(await found("e_t", "exact")).toEqual(["100% sure_thing"]);
  });

  it("nearly as they stand", async () => {
    expect(await found("serivce", "fuzzy")).toEqual(["The service was bad"]);
    expect(await found("recieved", "fuzzy")).toEqual(["We received our bags"]);
    expect(await found("unrelated", "fuzzy")).toEqual([]);
  });

  it("as an expression, whose error names the field and what is wrong", async () => {
    expect(await found("^(the|we)\\b.*a", "regex")).toEqual(["The service was bad", "We received our bags"]);
    await expect(textCondition(test.db, { text: "(a", way: "regex" }, "keyword")).rejects.toMatchObject({
      code: "invalid_regex",
      errors: [{ path: "keyword", message: expect.stringContaining('"(" at character 1 is never closed') }],
    });
    await expect(textCondition(test.db, { text: "(?=a)", way: "regex" }, "keyword")).rejects.toMatchObject({
      code: "invalid_regex",
      message: expect.stringContaining("look-around"),
    });
  });
});
