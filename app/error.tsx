"use client";

import { PageError } from "@/components/layout/page-error";

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center">
      <PageError {...props} />
    </main>
  );
}
