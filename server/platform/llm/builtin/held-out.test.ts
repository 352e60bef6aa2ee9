import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isTrainingHalf, sampleLabelSchema, sampleMessages, sampleTraining } from "@/prisma/seed/sample";
import { type BuiltinModel, startBuiltinModel } from ".";

type Judged = { correct: boolean; confidence: number };

const PROMPT = (text: string) => `Label the sentiment of the text as positive, negative or neutral.

Answer in exactly this form, with nothing else:
Sentiment: <sentiment>

Text:
'''
${text}
'''`;

/** The chance that a correct answer is more confident than a wrong one; ties count half. */
function auroc(judged: readonly Judged[]): number {
  const right = judged.filter(({ correct }) => correct);
  const wrong = judged.filter(({ correct }) => !correct);
  const wins = right.flatMap((a) =>
    wrong.map((b): number => (a.confidence > b.confidence ? 1 : a.confidence === b.confidence ? 0.5 : 0)),
  );
  return wins.reduce((sum, win) => sum + win, 0) / wins.length;
}

function accuracy(judged: readonly Judged[]): number {
  return judged.filter(({ correct }) => correct).length / judged.length;
}

describe("tandem-tiny on the half of the sample it has not seen", () => {
  let model: BuiltinModel;
  let judged: Judged[] = [];

  beforeAll(async () => {
    model = await startBuiltinModel(sampleTraining());
    const client = new OpenAI({ baseURL: model.baseUrl, apiKey: model.apiKey, maxRetries: 0 });
    const valueByText = new Map(sampleLabelSchema[0]?.options.map(({ text, value }) => [text, value]));
    const held = sampleMessages().filter(({ id }) => !isTrainingHalf(id));
    judged = await Promise.all(
      held.map(async ({ content, sentiment }) => {
        const completion = await client.chat.completions.create({
          model: "tandem-tiny",
          temperature: 0,
          messages: [{ role: "user", content: PROMPT(content) }],
          logprobs: true,
        });
        const [choice] = completion.choices;
        const given = valueByText.get(choice?.message.content?.replace("Sentiment: ", "") ?? "");
        const tokens = choice?.logprobs?.content ?? [];
        return {
          correct: given === sentiment,
          confidence: Math.exp(tokens.reduce((sum, { logprob }) => sum + logprob, 0)),
        };
      }),
    );
  }, 30_000);
  afterAll(() => model.close());

  it("is clearly above chance and honestly imperfect", () => {
    const majority = 0.42;
    console.info(
      `tandem-tiny: accuracy ${accuracy(judged).toFixed(3)} on ${judged.length} unseen messages, ` +
        `AUROC of its confidence ${auroc(judged).toFixed(3)}`,
    );
    expect(judged.length).toBeGreaterThanOrEqual(220);
    expect(accuracy(judged)).toBeGreaterThan(majority + 0.18);
    expect(accuracy(judged)).toBeLessThan(0.95);
  });

  it("is surer where it is right", () => {
    expect(auroc(judged)).toBeGreaterThan(0.6);
    const ranked = judged.toSorted((a, b) => a.confidence - b.confidence);
    const third = Math.floor(ranked.length / 3);
    expect(accuracy(ranked.slice(-third))).toBeGreaterThan(accuracy(ranked.slice(0, third)) + 0.15);
  });

  it("means what its confidence says, on average", () => {
    const mean = judged.reduce((sum, { confidence }) => sum + confidence, 0) / judged.length;
    expect(Math.abs(mean - accuracy(judged))).toBeLessThan(0.08);
  });
});
