import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Authentication } from "./authentication";
import { Service } from "./service";
import { type Asked, type SmallServer, startSmallServer } from "./testing/small-server";

let server: SmallServer;
let service: Service;
beforeAll(async () => {
  server = await startSmallServer();
  service = new Service({ auth: new Authentication({ url: server.url, token: "t", project: "air line" }) });
});
afterAll(() => server.close());

const ids = Array.from({ length: 25 }, (_, n) => `r${n}`);
const bodyOf = ({ body }: Asked) => JSON.parse(body);

/** Answers as the search does, from `ids`; a cursor is where the page begins. */
function searched(asked: Asked) {
  const { limit, cursor, skip = 0 } = bodyOf(asked);
  const from = cursor === undefined ? skip : Number(cursor);
  const items = ids.slice(from, from + limit).map((id) => ({ id, externalId: id, content: `text of ${id}` }));
  const next = from + limit;
  return { items, nextCursor: next < ids.length ? String(next) : null, total: ids.length, totalExact: true };
}
beforeEach(() => server.answer((asked) => ({ body: searched(asked) })));

const idsOf = async (records: AsyncIterable<{ id: string }>) => {
  const found = [];
  for await (const { id } of records) found.push(id);
  return found;
};

describe("what is in a subset", () => {
  it("is read page by page, and the first page tells how many there are", async () => {
    const records = service
      .search({ keyword: "text", sort: { by: "externalId" } })
      .value({ pageSize: 10, include: ["metadata"] });
    expect(await records.first()).toMatchObject({ total: 25, nextCursor: "10" });
    expect(await idsOf(records)).toEqual(ids);
    expect((await records.all()).map(({ id }) => id)).toEqual(ids);
    const [, first, second] = server.asked.map(bodyOf);
    expect(server.asked[0]?.path).toBe("/projects/air%20line/records/search");
    const search = {
      query: { keyword: "text" },
      sort: { by: "externalId" },
      include: ["metadata"],
      limit: 10,
    };
    expect(first).toEqual(search);
    expect(second).toEqual({ ...search, cursor: "10" });
  });

  it("is not read further than one looks", async () => {
    for await (const { id } of service.search().value({ pageSize: 10 })) if (id === "r9") break;
    expect(server.asked).toHaveLength(1);
  });

  it("ends at the limit, as often as it is walked along", async () => {
    const records = service.search({ limit: 12, skip: 3 }).value({ pageSize: 5 });
    expect(await idsOf(records)).toEqual(ids.slice(3, 15));
    expect(server.asked.map((asked) => bodyOf(asked).limit)).toEqual([5, 5, 2]);
    expect(await idsOf(records)).toEqual(ids.slice(3, 15));
    expect((await records.first()).total).toBe(12);
  });

  it("is counted without being read, inside limit and skip", async () => {
    expect(await service.search().count()).toBe(25);
    expect(await service.search({ limit: 3 }).count()).toBe(3);
    expect(await service.search({ skip: 20 }).count()).toBe(5);
    expect(await service.search({ skip: 30, limit: 3 }).count()).toBe(0);
    expect(bodyOf(server.asked[0] as Asked)).toMatchObject({ limit: 1, total: "exact" });
  });
});

describe("subsets together", () => {
  const [a, b] = [{ keyword: "a" }, { keyword: "b" }];
  it("are queries again, and nothing is asked for them", () => {
    const [one, other, every] = [service.search(a), service.search(b), service.search()];
    expect(one.union(other).query).toEqual({ or: [a, b] });
    expect(one.union(every).query).toBeUndefined();
    expect(one.intersection(other, every).query).toEqual({ and: [a, b] });
    expect(one.difference(other).query).toEqual({ and: [a, { not: b }] });
    expect(every.difference(other).query).toEqual({ not: b });
    expect(one.difference(every).query).toEqual({ and: [a, { not: { not: { ids: [] } } }] });
    expect(() => one.union(service.search({ limit: 3 }))).toThrow(/save\(\) it first/);
    expect(server.asked).toHaveLength(0);
  });

  it("are known by their ids once they are kept", async () => {
    server.answer(({ path }) => ({ body: { id: path.endsWith("/subsets") ? "s1" : "s2", count: 3 } }));
    const kept = await service.search({ ...a, sort: { by: "externalId" }, limit: 3 }).save("three");
    expect(kept.id).toBe("s1");
    expect(bodyOf(server.asked[0] as Asked)).toEqual({
      name: "three",
      kind: "static",
      query: a,
      sort: { by: "externalId" },
      limit: 3,
    });
    expect(kept.difference(service.search(b)).query).toEqual({ and: [{ subset: "s1" }, { not: b }] });
    await service.search(a).save("live", { kind: "live" });
    expect(bodyOf(server.asked[1] as Asked)).toEqual({ name: "live", kind: "live", query: a });
  });

  it("that begin after some records are frozen by what was read", async () => {
    server.answer((asked) => ({ body: asked.path.endsWith("/search") ? searched(asked) : { id: "s" } }));
    await service.search({ skip: 20 }).save("rest");
    expect(bodyOf(server.asked.at(-1) as Asked)).toEqual({
      name: "rest",
      kind: "static",
      recordIds: ids.slice(20),
    });
  });
});

it("is given to people when it is kept", async () => {
  await expect(service.search().assign("u1")).rejects.toThrow(/save\(\) it first/);
  server.answer(({ path }) => ({
    body: path.endsWith("/subsets/s%2F1") ? { id: "s/1" } : { items: [{ id: "a" }] },
  }));
  const subset = await service.getSubset("s/1");
  expect(await subset.assign(["u1", "u2"], { mode: "split" })).toEqual([{ id: "a" }]);
  expect(server.asked[1]).toMatchObject({
    method: "POST",
    path: "/projects/air%20line/subsets/s%2F1/assignments",
  });
  expect(bodyOf(server.asked[1] as Asked)).toEqual({ mode: "split", userIds: ["u1", "u2"] });
});

it("finds the nearest other records of each of its own", async () => {
  const near: Record<string, string[]> = { r0: ["r1", "x"], r1: ["x", "y"] };
  server.answer((asked) => {
    const { recordIds } = bodyOf(asked);
    if (asked.path.endsWith("/similar"))
      return { body: { items: near[recordIds[0]]?.map((id) => ({ id })) } };
    return { body: { items: [{ id: "r0" }, { id: "r1" }], nextCursor: null, total: 2, totalExact: true } };
  });
  const similar = await service
    .search({ uuidList: ["r0", "r1"] })
    .suggestSimilar({ metadata: "bert", limit: 2 });
  expect(similar.query).toEqual({ ids: ["x", "y"] });
  expect(server.asked.slice(1).map(bodyOf)).toEqual([
    { recordIds: ["r0"], metadata: "bert", limit: 2 },
    { recordIds: ["r1"], metadata: "bert", limit: 2 },
  ]);
});

describe("verdicts on a job's labels", () => {
  const verdict = (label: string, jobId: string, status: string, by: string) => ({
    label,
    jobId,
    status,
    verifier: { id: by },
  });
  const wanted = verdict("sentiment", "j", "CORRECTS", "ada");
  const others = [
    verdict("topic", "j", "CORRECTS", "ada"),
    verdict("sentiment", "k", "CORRECTS", "ada"),
    verdict("sentiment", "j", "CONFIRMS", "ada"),
    verdict("sentiment", "j", "CORRECTS", "ben"),
  ];
  const filter = { label: "sentiment", status: "CORRECTS" as const, verifiers: ["ada"] };
  const read = async (subset: ReturnType<Service["search"]>) => {
    const found = [];
    for await (const { record, verifications } of subset.getVerificationAnnotations(filter))
      found.push([record.id, verifications]);
    return found;
  };
  beforeEach(() => {
    const items = [
      { id: "r0", verifications: [...others, wanted] },
      { id: "r1", verifications: others },
    ];
    server.answer(() => ({ body: { items, nextCursor: null, total: 2, totalExact: true } }));
  });

  it("come with their records, and the server looks for no others", async () => {
    expect(await read(service.searchByJob({ jobId: "j", keyword: "a" }))).toEqual([["r0", [wanted]]]);
    const verification = {
      label: "sentiment",
      mode: "VERIFIED",
      jobIds: ["j"],
      verifierIds: ["ada"],
      status: "CORRECTS",
    };
    expect(bodyOf(server.asked[0] as Asked)).toMatchObject({
      query: { and: [{ keyword: "a" }, { annotator: ["j"] }, { verification }] },
      include: ["verifications"],
    });
  });

  it("of a search with a limit are those of its records", async () => {
    expect(await read(service.searchByJob({ jobId: "j", limit: 2 }))).toEqual([["r0", [wanted]]]);
    expect(bodyOf(server.asked[0] as Asked)).toMatchObject({ query: { annotator: ["j"] }, limit: 2 });
  });
});
