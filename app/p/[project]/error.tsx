"use client";

import { PageError } from "@/components/layout/page-error";

/** In the project's frame, so that its other pages stay in reach. */
export default function ProjectPageError(props: { error: unknown; retry: () => void }) {
  return (
    <div className="grid flex-1 place-items-center">
      <PageError {...props} />
    </div>
  );
}
