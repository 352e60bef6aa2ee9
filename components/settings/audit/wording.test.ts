import { expect, it } from "vitest";
import { detailText, happening } from "./wording";

const told = (details: Parameters<typeof detailText>[0]) => detailText(details, "en");

it("tells facts in words, the name alone first", () => {
  expect(told({ name: "Doubtful ones first", labels: 1250 })).toBe("Doubtful ones first, labels: 1,250");
  expect(told({ fileName: "tweets.csv", bytes: 46_823, onExisting: "skip" })).toBe(
    "file: tweets.csv, size: 46.8 kB, known ids: skip",
  );
  expect(told({ labels: ["sentiment", "topic"], version: 2 })).toBe(
    "labels: sentiment and topic, version: 2",
  );
  expect(told({ name: "Ben", from: "annotator", to: "reviewer" })).toBe("Ben, annotator → reviewer");
});

it("leaves out ids and what is empty", () => {
  expect(told({ recordId: "0199", note: null, labels: [], sameText: true })).toBe(
    "all with the same answer: yes",
  );
  expect(told({ members: ["0199"], invitation: "0199" })).toBe("");
});

it("reads an action without words of its own as it is written", () => {
  expect(happening("job.started")).toBe("Started a job");
  expect(happening("schema.copied_over")).toBe("Schema copied over");
});
