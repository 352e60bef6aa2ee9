import "server-only";
import { headers } from "next/headers";
import { cache } from "react";
import { browserContext } from "@/server/api/browser-context";
import { createCaller } from "@/server/api/root";

/** The procedures, called in process for a page that is being rendered, as the person whose cookie came. */
export const api = cache(async () => createCaller(await browserContext(await headers())));
