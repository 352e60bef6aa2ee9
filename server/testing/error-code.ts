import { isAppError } from "@/server/platform/errors";

/** The code of the error that `work` ends with, or "no error". What is not ours is thrown on. */
export async function errorCode(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
  return "no error";
}
