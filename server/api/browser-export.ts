import { actorOfCookie } from "@/server/auth/session-cookie";
import { answerExport } from "./rest/answer-export";

/** The same file for a link in a page, where the session cookie says who asks. It changes nothing, so any page may link to it. */
export const handleBrowserExport = (request: Request, project: string): Promise<Response> =>
  answerExport(request, project, (db) => actorOfCookie(db, request.headers));
