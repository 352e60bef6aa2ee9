import { handleBrowserExportCard } from "@/server/api/browser-export";

type Context = { params: Promise<{ project: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  handleBrowserExportCard(request, (await params).project);
