import { describe, expect, it } from "vitest";
import { lookOf, optionLooks } from "./label-options";

const label = (options: { value: string; hotkey?: string; color?: number }[]) => ({
  name: "sentiment",
  level: "record" as const,
  options: options.map((option) => ({ text: option.value, ...option })),
});

describe("the keys of options", () => {
  it("are the digits in order", () => {
    const looks = optionLooks(label([{ value: "pos" }, { value: "neg" }]));
    expect(looks.map((look) => look.key)).toEqual(["1", "2"]);
  });

  it("are the schema's own where it has them, and no key stands for two options", () => {
    const looks = optionLooks(
      label([{ value: "a" }, { value: "b", hotkey: "1" }, { value: "c", hotkey: "g" }]),
    );
    expect(looks.map((look) => look.key)).toEqual([null, "1", "g"]);
  });

  it("leave the session's own keys alone", () => {
    const looks = optionLooks(
      label([
        { value: "pos", hotkey: "u" },
        { value: "neg", hotkey: "0" },
      ]),
    );
    expect(looks.map((look) => look.key)).toEqual(["1", "2"]);
  });

  it("end at nine", () => {
    const looks = optionLooks(label(Array.from({ length: 11 }, (_, n) => ({ value: `v${n}` }))));
    expect(looks.map((look) => look.key).slice(8)).toEqual(["9", null, null]);
  });
});

describe("the colour of an option", () => {
  it("is the schema's, else the place's", () => {
    const looks = optionLooks(label([{ value: "a", color: 4 }, { value: "b" }]));
    expect(looks.map((look) => look.color)).toEqual([5, 2]);
  });

  it("exists for a value that left the schema", () => {
    expect(lookOf(optionLooks(label([{ value: "a" }])), "gone")).toMatchObject({ text: "gone", key: null });
  });
});
