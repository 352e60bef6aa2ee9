import { expect, it } from "vitest";
import { createGroupWriter } from "./group-writer";

it("writes what comes during a write as the next group, each item with its own result", async () => {
  const { writer, groups, gates } = gatedWriter({ largest: 3 });
  const first = [writer.add(1), writer.add(2)];
  await new Promise(setImmediate);
  const later = [3, 4, 5, 6].map((item) => writer.add(item));
  expect(groups).toEqual([[1, 2]]);
  gates.shift()?.();
  expect(await Promise.all(first)).toEqual([10, 20]);
  await new Promise(setImmediate);
  expect(groups).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  gates.shift()?.();
  await new Promise(setImmediate);
  gates.shift()?.();
  expect(await Promise.all(later)).toEqual([30, 40, 50, 60]);
});

it("fails the items of a group that could not be written, and goes on with the next", async () => {
  let writes = 0;
  const writer = createGroupWriter(
    async (items: string[]) => {
      writes += 1;
      if (writes === 1) throw new Error("no database");
      return items;
    },
    { largest: 10 },
  );
  await expect(Promise.all([writer.add("a"), writer.add("b")])).rejects.toThrow("no database");
  expect(await writer.add("c")).toBe("c");
});

it("waits a moment for more when it is told to, unless the group is full", async () => {
  const groups: number[][] = [];
  const writer = createGroupWriter(
    async (items: number[]) => {
      groups.push(items);
      return items;
    },
    // The test would time out.
    { largest: 2, lingerMs: 1_000_000 },
  );
  const first = writer.add(1);
  await new Promise(setImmediate);
  const others = [writer.add(2), writer.add(3)];
  await first;
  writer.flush();
  await Promise.all(others);
  expect(groups).toEqual([[1, 2], [3]]);
});

it("waits no longer than it is told to", async () => {
  const writer = createGroupWriter(async (items: number[]) => items, { largest: 2, lingerMs: 20 });
  expect(await writer.add(1)).toBe(1);
});

it("waits for nothing more when it is flushed, not even for what came during a write", async () => {
  const groups: number[][] = [];
  const writer = createGroupWriter(
    async (items: number[]) => {
      groups.push(items);
      await new Promise(setImmediate);
      return items;
    },
    // The test would time out.
    { largest: 10, lingerMs: 1_000_000 },
  );
  const first = writer.add(1);
  writer.flush();
  await new Promise(setImmediate);
  const second = writer.add(2);
  await Promise.all([first, second]);
  expect(groups).toEqual([[1], [2]]);
});

it("writes as many groups at a time as it is told to, and then the larger ones that have come meanwhile", async () => {
  const { writer, groups, gates } = gatedWriter({ largest: 10, atOnce: 2 });
  const added: Promise<number>[] = [];
  for (const item of [1, 2, 3, 4]) {
    added.push(writer.add(item));
    await new Promise(setImmediate);
  }
  expect(groups).toEqual([[1], [2]]);
  gates[1]?.();
  expect(await added[1]).toBe(20);
  await new Promise(setImmediate);
  expect(groups).toEqual([[1], [2], [3, 4]]);
  for (const open of gates) open();
  expect(await Promise.all(added)).toEqual([10, 20, 30, 40]);
});

/** A writer whose every write waits for its gate, in the order the writes began. */
function gatedWriter(limits: Parameters<typeof createGroupWriter>[1]) {
  const groups: number[][] = [];
  const gates: (() => void)[] = [];
  const write = async (items: number[]) => {
    groups.push(items);
    await new Promise<void>((resolve) => gates.push(resolve));
    return items.map((item) => item * 10);
  };
  return { writer: createGroupWriter(write, limits), groups, gates };
}
