import { type ExportInput, exportInput } from "@/contracts/exports";
import type { ProjectActor } from "@/server/modules/access";
import type { TestDatabase } from "@/server/testing/database";
import { openExport } from "..";

/** What a test asks for; the rest is as a query string leaves it. */
export type Asked = Partial<Omit<ExportInput, "bom">> & Pick<ExportInput, "kind"> & { bom?: string };

/** The whole file, as it would be sent. */
export async function readExport(test: TestDatabase, member: ProjectActor, asked: Asked): Promise<Buffer> {
  const { signal } = new AbortController();
  const { chunks } = await openExport(test, member, exportInput.parse(asked), { signal });
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}
