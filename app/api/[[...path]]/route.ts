import { problemResponse } from "@/server/api/rest/problem-response";
import { AppError } from "@/server/platform/errors";

/** What is below `/api` is for programs: they read no page. */
const nothing = () => problemResponse(new AppError("not_found", "There is nothing at this address."));

export { nothing as DELETE, nothing as GET, nothing as PATCH, nothing as POST, nothing as PUT };
