import { expect, it } from "vitest";
import { fieldName, problemWords } from "./field-names";

it("calls a field as the studio does, also for a part of it", () => {
  expect(
    ["baseUrl", "model.max_tokens", "model.stop.3", "prompt.labels.0", "prompt.examples.items.1.text"].map(
      fieldName,
    ),
  ).toEqual(["Base URL", "Most tokens of an answer", "Stop sequences", "Labels and options", "Examples"]);
  expect(fieldName("model.unheard")).toBe("model.unheard");
});

it("tells several problems in a line", () => {
  expect(
    problemWords([
      { path: "model.temperature", message: "must be a number from 0 to 2" },
      { path: "baseUrl", message: "must be an address like https://host/v1" },
    ]),
  ).toBe("Temperature: must be a number from 0 to 2; Base URL: must be an address like https://host/v1.");
});
