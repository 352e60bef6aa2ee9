import { importErrorsForBrowser } from "@/server/api/imports/browser-import";

type Context = { params: Promise<{ project: string; id: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { project, id } = await params;
  return importErrorsForBrowser(request, project, id);
};
