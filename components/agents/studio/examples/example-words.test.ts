import { expect, it } from "vitest";
import { exampleWords } from "./example-words";

const option = (value: string, text: string) => ({ value, text });
const words = exampleWords(
  [
    { name: "sentiment", level: "record", options: [option("pos", "positive"), option("neg", "negative")] },
    { name: "places", level: "span", options: [option("city", "a city")] },
  ],
  new Map([
    ["r1", { externalId: "t0043", content: "very good\nservice" }],
    ["r2", { externalId: "t0001", content: `${"🙂".repeat(80)}!` }],
  ]),
);

it("tells an example by its record's text and the options' texts", () => {
  expect(words({ recordId: "r1", labels: { sentiment: ["pos"] } })).toBe(
    "t0043: very good service\n→ sentiment: positive",
  );
  expect(words({ recordId: "r2", labels: { sentiment: ["neg", "pos"] } })).toBe(
    `t0001: ${"🙂".repeat(79)}…\n→ sentiment: negative, positive`,
  );
});

it("quotes spans by code points, and says where nothing is marked", () => {
  const oslo = { start: 7, end: 11, value: ["city"] };
  const text = "🙂 From Oslo";
  expect(words({ text, labels: { places: [oslo] } })).toBe(`${text}\n→ places: "Oslo" (7–11) a city`);
  expect(words({ text: "Nowhere", labels: { places: [] } })).toBe("Nowhere\n→ places: nothing to mark");
});

it("names what it does not know as it is stored", () => {
  expect(words({ recordId: "gone", labels: { tone: ["warm"] } })).toBe("record gone\n→ tone: warm");
  expect(words({ recordId: "gone", labels: { places: [{ start: 0, end: 4, value: ["land"] }] } })).toBe(
    "record gone\n→ places: (0–4) land",
  );
});
