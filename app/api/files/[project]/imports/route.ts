import { importFromBrowser } from "@/server/api/imports/browser-import";

type Context = { params: Promise<{ project: string }> };

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  importFromBrowser(request, (await params).project);
