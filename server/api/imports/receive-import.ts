import path from "node:path";
import { type ImportOptions, importOptions, importQuery } from "@/contracts/imports";
import { checkHead, receiveUpload, tooLarge, type Upload } from "@/server/modules/records";
import { env } from "@/server/platform/env";
import { refuseUnstorable } from "../check-texts";
import { bodyBytes } from "./body-bytes";
import { charsetOf, formatOf } from "./import-format";
import { labelOptions } from "./label-options";
import { type FilePart, readMultipart } from "./read-multipart";

/** A file that has arrived, with what is to be done with it. The caller closes the upload. */
export type ReceivedImport = {
  upload: Upload;
  options: ImportOptions;
  fileName: string | null;
  contentType: string;
  source: "upload" | "paste";
};

type Given = readonly [string, string][];

/**
 * Takes in the file of a request: its body, or the one file of a form whose fields may hold the options too.
 * What can be seen in the first bytes is refused before the rest has come.
 * @throws AppError `too_large`, `invalid_mapping`, `binary_file`, `unsupported_media_type`, …; ZodError
 */
export async function receiveImport(request: Request): Promise<ReceivedImport> {
  const { maxImportBytes } = env();
  if (Number(request.headers.get("content-length") ?? 0) > maxImportBytes) throw tooLarge(maxImportBytes);
  const query: Given = [...new URL(request.url).searchParams];
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    const fileName = query.find(([name]) => name === "fileName")?.[1] ?? null;
    return takeIn({ bytes: bodyBytes(request), fileName, contentType }, query);
  }
  // The options may stand after the file, so nothing can be checked before all of it has come.
  const { file, fields } = await readMultipart(request, async (part) => ({
    ...part,
    upload: await take(part.bytes, () => undefined),
  }));
  try {
    const { options, source } = readOptions([...query, ...fields], file);
    checkHead(file.upload.head, options);
    return { ...file, options, source };
  } catch (error) {
    await file.upload.close();
    throw error;
  }
}

async function takeIn({ bytes, fileName, contentType }: FilePart, given: Given): Promise<ReceivedImport> {
  const { options, source } = readOptions(given, { fileName, contentType });
  const upload = await take(bytes, (head) => checkHead(head, options));
  return { upload, options, fileName, contentType, source };
}

const take = (bytes: AsyncIterable<Uint8Array>, onHead: (head: Uint8Array) => void): Promise<Upload> =>
  receiveUpload(bytes, { dir: path.join(env().dataDir, "uploads"), maxBytes: env().maxImportBytes, onHead });

function readOptions(
  given: Given,
  file: Pick<FilePart, "fileName" | "contentType">,
): Pick<ReceivedImport, "options" | "source"> {
  const values: Record<string, string | string[]> = {};
  for (const [name] of given) {
    const all = given.filter(([other]) => other === name).map(([, value]) => value);
    values[name] = all.length === 1 ? (all[0] ?? "") : all;
  }
  const query = importQuery.parse(values);
  refuseUnstorable({ ...query, fileName: file.fileName });
  const labels = labelOptions(query, file);
  const charset = query.encoding === "auto" ? charsetOf(file.contentType) : undefined;
  return {
    source: query.source,
    options: importOptions.parse({
      ...query,
      encoding: charset ?? query.encoding,
      ...(labels ?? { format: query.format ?? formatOf(file.contentType, file.fileName) }),
    }),
  };
}
