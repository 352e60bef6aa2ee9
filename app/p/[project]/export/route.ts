import { handleBrowserExport } from "@/server/api/browser-export";

type Context = { params: Promise<{ project: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  handleBrowserExport(request, (await params).project);
