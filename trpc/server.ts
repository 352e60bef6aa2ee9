import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { browserContext } from "@/server/api/browser-context";
import { createCaller } from "@/server/api/root";
import { signInPath } from "@/server/auth/own-path";

/**
 * The procedures, called in process for a page that is being rendered, as the person whose cookie came. Whose
 * session has ended is led to the sign-in and back; what does not exist for them is the page that says so.
 */
export const api = cache(async () => {
  const requestHeaders = await headers();
  return createCaller(await browserContext(requestHeaders), {
    onError: ({ error }) => {
      if (error.code === "UNAUTHORIZED") redirect(signInPath(requestHeaders.get("x-tandem-path")));
      // What a page asks for comes from its address: one that is no identifier is the address of nothing.
      if (error.code === "NOT_FOUND" || error.code === "BAD_REQUEST") notFound();
    },
  });
});
