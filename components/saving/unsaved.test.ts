import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createStorage } from "./testing/memory-storage";
import { openUnsaved } from "./unsaved";

const widths = z.record(z.string(), z.number());
const open = (storage = createStorage(), name = "ada|tweets|columns") =>
  openUnsaved({ name, storage, read: (json) => widths.parse(json) });

describe("a setting that the server may not have yet", () => {
  it("is there for the next page, until the server has it", () => {
    const storage = createStorage();
    expect(open(storage).left()).toBeNull();
    open(storage).keep({ text: 400 });
    expect(open(storage).left()).toEqual({ text: 400 });
    expect(open(storage, "bob|tweets|columns").left()).toBeNull();
    open(storage).settle({ text: 400 });
    expect(open(storage).left()).toBeNull();
  });

  it("stays when the server has an older one", () => {
    const unsaved = open();
    unsaved.keep({ text: 400 });
    unsaved.keep({ text: 500 });
    unsaved.settle({ text: 400 });
    expect(unsaved.left()).toEqual({ text: 500 });
  });

  it("is known again however it was written", () => {
    const storage = createStorage();
    storage.setItem("tandem.unsaved|ada|tweets|columns", '{ "text": 400 }');
    const unsaved = open(storage);
    unsaved.settle(unsaved.left() ?? {});
    expect(unsaved.left()).toBeNull();
  });

  it("is dropped when it can't be read", () => {
    const storage = createStorage();
    storage.setItem("tandem.unsaved|ada|tweets|columns", '{"text":"wide"}');
    storage.setItem("tandem.unsaved|bob|tweets|columns", "{");
    expect(open(storage).left()).toBeNull();
    expect(open(storage, "bob|tweets|columns").left()).toBeNull();
    expect(storage.length).toBe(0);
  });

  it("that the storage has no room for leaves no older one behind", () => {
    const storage = createStorage();
    open(storage).keep({ text: 400 });
    const full = {
      ...{ getItem: storage.getItem, removeItem: storage.removeItem, key: storage.key, length: 1 },
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    };
    open(full).keep({ text: 500 });
    expect(open(storage).left()).toBeNull();
  });
});
