import { AppError } from "@/server/platform/errors";

/** The answer to a workbook that can't be read, or is made to fill the memory. */
export function damaged(what: string, cause?: unknown): AppError {
  const message = `The workbook can't be read: ${what.slice(0, 200)}. It may be damaged or cut off; save it anew as .xlsx.`;
  return new AppError("malformed_file", message, { errors: [{ path: "file", message }], cause });
}
