"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { problemOf, useTRPC } from "@/trpc/client";

/** Opens the reader's sample project; the first time it is made. */
export function SampleButton({ primary = false }: { primary?: boolean }) {
  const trpc = useTRPC();
  const router = useRouter();
  const open = useMutation(
    trpc.projects.createSample.mutationOptions({
      onSuccess: ({ slug }) => router.push(`/p/${slug}`),
      onError: (error) => toast.error(problemOf(error).detail),
    }),
  );
  return (
    <Button
      variant={primary ? "primary" : "secondary"}
      busy={open.isPending || open.isSuccess}
      onClick={() => open.mutate()}
    >
      Open the sample project
    </Button>
  );
}
