import { actorOfCookie } from "@/server/auth/session-cookie";
import { answerExport } from "./rest/answer-export";
import { answerExportCard } from "./rest/answer-export-card";

/** The same file for a link in a page, where the session cookie says who asks. It changes nothing, so any page may link to it. */
export const handleBrowserExport = (request: Request, project: string): Promise<Response> =>
  answerExport(request, project, (db) => actorOfCookie(db, request.headers));

/** The dataset card for a link in a page. */
export const handleBrowserExportCard = (request: Request, project: string): Promise<Response> =>
  answerExportCard(request, project, (db) => actorOfCookie(db, request.headers));
