import { describe, expect, it } from "vitest";
import { z } from "zod";
import { labelDefinitions } from "@/contracts/label-schema";
import { isTrainingHalf, sampleLabelSchema, sampleMessages, sampleTraining } from ".";

const messages = sampleMessages();

describe("the sample project's messages", () => {
  it("have every field, in its form", () => {
    const message = z.strictObject({
      id: z.string().regex(/^m-\d{4}$/),
      content: z.string().regex(/^\S[^\n]*\S$/),
      sentiment: z.enum(["pos", "neg", "neu"]),
      channel: z.enum(["email", "chat", "social", "review"]),
      product: z.string().min(3),
      received: z.iso.date(),
    });
    expect(() => z.array(message).min(440).parse(messages)).not.toThrow();
  });

  it("are short, and all different", () => {
    const lengths = messages.map(({ content }) => content.split(/\s+/).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    expect(new Set(messages.map(({ content }) => content.toLowerCase())).size).toBe(messages.length);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
  });

  it("keep near 40 % negative, 30 % neutral and 30 % positive, in both halves", () => {
    for (const half of [true, false]) {
      const part = messages.filter(({ id }) => isTrainingHalf(id) === half);
      expect(part.length).toBe(messages.length / 2);
      const share = (sentiment: string) => part.filter((m) => m.sentiment === sentiment).length / part.length;
      expect(Math.abs(share("neg") - 0.4)).toBeLessThan(0.05);
      expect(Math.abs(share("neu") - 0.3)).toBeLessThan(0.05);
      expect(Math.abs(share("pos") - 0.3)).toBeLessThan(0.05);
    }
  });

  it("come with a valid label schema whose values are the gold", () => {
    const [label] = labelDefinitions.parse(sampleLabelSchema);
    const values = label?.options.map(({ value }) => value).sort();
    expect(values).toEqual([...new Set(messages.map(({ sentiment }) => sentiment))].sort());
  });

  it("lend the model the training half only", () => {
    const held = new Set(messages.filter(({ id }) => !isTrainingHalf(id)).map(({ content }) => content));
    const { trainingExamples } = sampleTraining();
    expect(trainingExamples.length).toBe(messages.length / 2);
    expect(trainingExamples.filter(({ text }) => held.has(text))).toEqual([]);
    expect(isTrainingHalf("of another project")).toBe(false);
  });
});
