import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { contrastRatio, isInSrgbGamut, type Oklch } from "./oklch";

const css = readFileSync(path.resolve(import.meta.dirname, "../../app/tokens.css"), "utf8");
const light = readTokens(":root");
const themes = { light, dark: new Map([...light, ...readTokens(".dark")]) };

const planes = ["canvas", "surface", "raised", "overlay"];
const optionNumbers = Array.from({ length: 10 }, (_, index) => index + 1);
const personNumbers = Array.from({ length: 12 }, (_, index) => index + 1);

/** [foreground, background, least ratio]: 4.5 for text (WCAG 1.4.3), 3 for outlines and marks (1.4.11). */
const pairs: [string, string, number][] = [
  ...["text", "text-muted", "text-faint", "accent-text", "good", "warn", "bad"].flatMap((text) =>
    planes.map((plane): [string, string, number] => [text, plane, 4.5]),
  ),
  ...["text", "text-muted", "accent-text"].map((text): [string, string, number] => [
    text,
    "accent-soft",
    4.5,
  ]),
  ...["good", "warn", "bad"].flatMap((tone): [string, string, number][] => [
    [tone, `${tone}-soft`, 4.5],
    ["text", `${tone}-soft`, 4.5],
    ["surface", tone, 4.5],
  ]),
  ["on-accent", "accent", 4.5],
  ...["line-strong", "accent", "focus"].flatMap((mark) =>
    ["canvas", "surface", "overlay"].map((plane): [string, string, number] => [mark, plane, 3]),
  ),
  ...optionNumbers.flatMap((n): [string, string, number][] => [
    [`option-${n}-on`, `option-${n}`, 4.5],
    ...planes.map((plane): [string, string, number] => [`option-${n}-text`, plane, 4.5]),
    [`option-${n}-text`, "accent-soft", 4.5],
  ]),
  ...personNumbers.flatMap((n): [string, string, number][] => [
    ["person-on", `person-${n}`, 4.5],
    ...planes.map((plane): [string, string, number] => [`person-${n}`, plane, 3]),
  ]),
];

describe.each(Object.entries(themes))("%s theme", (_name, tokens) => {
  it.each(pairs)("%s on %s has at least %s:1", (foreground, background, least) => {
    expect(contrastRatio(color(tokens, foreground), color(tokens, background))).toBeGreaterThanOrEqual(least);
  });

  it("uses only colours that an sRGB screen can show", () => {
    const outside = [...tokens].filter(([, value]) => !isInSrgbGamut(value)).map(([name]) => name);
    expect(outside).toEqual([]);
  });
});

describe("contrast ratio", () => {
  it("is 21 between black and white and 1 between equals", () => {
    const black = { lightness: 0, chroma: 0, hue: 0 };
    const white = { lightness: 1, chroma: 0, hue: 0 };
    expect(contrastRatio(black, white)).toBeCloseTo(21, 2);
    expect(contrastRatio(white, white)).toBeCloseTo(1, 5);
  });
});

function color(tokens: Map<string, Oklch>, name: string): Oklch {
  const value = tokens.get(name);
  if (!value) throw new Error(`tokens.css has no opaque colour --${name}`);
  return value;
}

/** The opaque OKLCH custom properties of the first rule with this selector. */
function readTokens(selector: string): Map<string, Oklch> {
  const start = css.indexOf(`\n${selector} {`);
  const block = css.slice(start, css.indexOf("\n}", start));
  const declarations = block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return new Map(
    [...declarations].map(([, name = "", lightness, chroma, hue]) => [
      name,
      { lightness: Number(lightness), chroma: Number(chroma), hue: Number(hue) },
    ]),
  );
}
