import { previewFromBrowser } from "@/server/api/imports/browser-import";

type Context = { params: Promise<{ project: string }> };

export const POST = async (request: Request, { params }: Context): Promise<Response> =>
  previewFromBrowser(request, (await params).project);
