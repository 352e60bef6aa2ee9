import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { ExportInput } from "@/contracts/exports";
import type { ProjectActor } from "@/server/modules/access";

export type TimedExport = {
  /** Milliseconds. */
  firstByte: number;
  milliseconds: number;
  bytes: number;
  /** Megabytes: the most that the process held, and what was left of its heap after full collections. */
  peak: number;
  kept: number;
};

/** Times an export that a process of its own reads to the end; its start doesn't count, since a server runs already. */
export async function timeExport(
  url: string,
  member: ProjectActor,
  asked: Pick<ExportInput, "kind" | "format">,
): Promise<TimedExport> {
  const script = fileURLToPath(new URL("export-process.ts", import.meta.url));
  const given = [url, JSON.stringify(member), JSON.stringify(asked)];
  const reader = spawn(process.execPath, ["--import", "tsx", script, ...given], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(reader, "close");
  const said = await text(reader.stdout);
  const [code] = await ended;
  const [firstByte = 0, milliseconds = 0, bytes = 0, peak = 0, kept = 0] = said.split(" ").map(Number);
  if (code !== 0 || bytes === 0) throw new Error(`The export of ${asked.kind} as ${asked.format} failed.`);
  return { firstByte, milliseconds, bytes, peak, kept };
}
