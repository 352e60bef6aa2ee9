import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { seededRandom } from "@/server/testing/seeded-random";

const WORDS =
  "flight delayed thanks bag lost crew great gate hours again service help please late love never".split(" ");

/** Columns of the files that {@link writeTweets} makes, besides id and content. */
export const TWEET_METADATA = ["pseudo_label", "score", "airline"];

/** Writes a CSV file of made-up tweets, of 140 characters on average, with an id and three columns of metadata. */
export async function writeTweets(file: string, rows: number): Promise<void> {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const out = createWriteStream(file);
  out.write(`id,content,${TWEET_METADATA.join(",")}\n`);
  for (let row = 0; row < rows; row++) {
    const words = Array.from({ length: 13 + Math.floor(random() * 14) }, () => {
      const stem = pick(WORDS) ?? "";
      return random() < 0.3 ? stem + Math.floor(random() * 5000).toString(36) : stem;
    });
    const text = `@airline${row % 7} ${words.join(" ")}${random() < 0.1 ? ', ""quoted"",' : ""}`;
    const line = `5${String(row).padStart(17, "0")},"${text}",${pick(["pos", "neg", "neu"])},${(random() * 100).toFixed(0)},airline ${row % 7}\n`;
    if (!out.write(line)) await once(out, "drain");
  }
  out.end();
  await once(out, "close");
}
