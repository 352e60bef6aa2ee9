import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { seededRandom } from "@/server/testing/seeded-random";

const WORDS =
  "flight delayed thanks bag lost crew great gate hours again service help please late love never".split(" ");

/** Options of the labels in the files that {@link writeLabelled} makes. */
export const LABELLED_OPTIONS = ["pos", "neg", "neu"];

/** Writes a JSON Lines file of doccano's: made-up tweets with a label of the text, two spans, an annotator and a fact. */
export async function writeLabelled(file: string, rows: number): Promise<void> {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const out = createWriteStream(file);
  for (let row = 0; row < rows; row++) {
    const words = Array.from({ length: 13 + Math.floor(random() * 14) }, () => pick(WORDS));
    const item = {
      id: String(row),
      text: `@airline${row % 7} ${words.join(" ")}`,
      cats: [pick(LABELLED_OPTIONS)],
      entities: [
        [0, 8, pick(LABELLED_OPTIONS)],
        [10, 20, pick(LABELLED_OPTIONS)],
      ],
      annotator: `Annotator ${row % 5}`,
      score: Math.floor(random() * 100),
    };
    if (!out.write(`${JSON.stringify(item)}\n`)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
}
