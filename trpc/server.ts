import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { browserContext } from "@/server/api/browser-context";
import { createCaller } from "@/server/api/root";

/**
 * The procedures, called in process for a page that is being rendered, as the person whose cookie came.
 * Nobody signed in leads to the sign-in; what does not exist for this person is the page that says so.
 */
export const api = cache(async () =>
  createCaller(await browserContext(await headers()), {
    onError: ({ error }) => {
      if (error.code === "UNAUTHORIZED") redirect("/sign-in");
      if (error.code === "NOT_FOUND") notFound();
    },
  }),
);
