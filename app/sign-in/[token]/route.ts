import { openSignInLink } from "@/server/auth/sign-in-link";

type Context = { params: Promise<{ token: string }> };

export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  openSignInLink(request, (await params).token);

/** Looking uses nothing up. */
export const HEAD = (): Response => new Response(null, { status: 200 });
