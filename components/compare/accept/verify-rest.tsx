"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { recordsHref } from "@/components/query/records-address";
import { Button, ButtonLink } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import type { AcceptPlan } from "@/contracts/acceptance";
import { problemOf, useTRPC } from "@/trpc/client";
import { restQuery } from "./accept-words";

type VerifyRestProps = {
  project: string;
  plan: Pick<AcceptPlan, "jobId" | "label" | "toVerify">;
  threshold: number;
  name: string;
  canVerify: boolean;
};

/** Leads to the labels that are not accepted: a session for who may open one, else the records. */
export function VerifyRest({ project, plan, threshold, name, canVerify }: VerifyRestProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const open = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project}/verify/${id}`),
    }),
  );
  const query = restQuery(plan, threshold);
  const rest = `the other ${format.count(plan.toVerify)}`;
  if (plan.toVerify === 0) return null;
  return (
    <>
      {canVerify ? (
        <Button
          busy={open.isPending || open.isSuccess}
          onClick={() =>
            open.mutate({
              project,
              label: plan.label,
              jobIds: [plan.jobId],
              name: `The rest of ${name}`.slice(0, 120),
              query,
              reuse: true,
            })
          }
        >
          Verify {rest}
        </Button>
      ) : (
        <ButtonLink variant="ghost" href={recordsHref(project, { query })}>
          Show {rest}
        </ButtonLink>
      )}
      {open.error ? (
        <p role="alert" className="text-bad text-xs">
          {problemOf(open.error).detail}
        </p>
      ) : null}
    </>
  );
}
