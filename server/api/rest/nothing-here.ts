import { AppError } from "@/server/platform/errors";
import { problemResponse } from "./problem-response";

/** The answer at an address below `/api` that is none: what asks there is a program, and reads no page. */
export const nothingHere = (): Response =>
  problemResponse(new AppError("not_found", "There is nothing at this address."));
