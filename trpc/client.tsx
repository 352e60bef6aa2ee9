"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  TRPCClientError,
} from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import type { Problem } from "@/contracts/common";
import type { AppRouter } from "@/server/api/root";

const context = createTRPCContext<AppRouter>();
export const { useTRPC, useTRPCClient } = context;

/** The problem+json of a failed call: its `detail` is for people, its `errors` name the fields. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TRPCClientError) {
    const problem: Problem | undefined = error.data?.problem;
    if (problem) return problem;
  }
  return {
    type: "about:blank",
    title: "unreachable",
    status: 0,
    code: "unreachable",
    detail: "The server can't be reached. Check the connection and try again.",
  };
}

/** What is wrong with one field of a form whose call failed. */
export const fieldProblemOf = (error: unknown, path: string): string | undefined =>
  error ? problemOf(error).errors?.find((problem) => problem.path === path)?.message : undefined;

/** Retries only what a second try may change. */
const isWorthRetrying = (failures: number, error: unknown): boolean => {
  const { status } = problemOf(error);
  return failures < 2 && (status === 0 || status >= 500);
};

const createQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: isWorthRetrying } } });

/** Of a call that goes on when the page is left: settings, which are small. */
export const LASTING = { context: { lasting: true } };

const createClient = () =>
  createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: "/api/trpc" }),
        false: splitLink({
          condition: ({ context }) => context.lasting === true,
          true: httpLink({
            url: "/api/trpc",
            fetch: (url, options) => fetch(url, { ...options, keepalive: true }),
          }),
          false: httpBatchLink({
            url: "/api/trpc",
            maxURLLength: 4000,
            maxItems: 50,
            methodOverride: "POST",
          }),
        }),
      }),
    ],
  });

export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  const [trpcClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <context.TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
