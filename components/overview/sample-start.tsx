"use client";

import { useMutation } from "@tanstack/react-query";
import { Play, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { Overview } from "@/contracts/overview";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";

const SAMPLE = /^sample-customer-messages(?:-\d+)?$/;

/** The messages from which the built-in model has not learnt: what it says of the others would flatter it. */
const heldOut = { metadata: { name: "half", op: "==", value: "held-out" } } as const;

/** Whether the reader has the sample before them, may start things in it, and nobody has verified anything yet. */
export function isFirstVisit({ slug, role }: Project, { steps, agents }: Overview): boolean {
  const verified = steps.some(({ step, done }) => step === "verification" && done);
  const mayStart = roleAllows(role, "jobs:run") && roleAllows(role, "sessions:write");
  return SAMPLE.test(slug) && !verified && agents.length > 0 && mayStart;
}

type SampleStartProps = { project: string; overview: Overview };

/** The two steps of the sample: run its agent, then verify together what it said. */
export function SampleStart({ project, overview }: SampleStartProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const run = useMutation(
    trpc.jobs.start.mutationOptions({ onSuccess: ({ id }) => router.push(`/p/${project}/jobs/${id}`) }),
  );
  const open = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project}/verify/${id}`),
    }),
  );
  const { newestJobId, openSessionId, agents } = overview;
  const agentId = agents.at(-1)?.id;
  const failed = run.error ?? open.error;
  return (
    <Section
      title="Try it in two steps"
      description="Customer messages, the label sentiment, and a small model that is built in: not an LLM, no key needed, honestly imperfect."
    >
      <div className="flex flex-wrap gap-2">
        <Button
          variant={newestJobId ? "secondary" : "primary"}
          busy={run.isPending || run.isSuccess}
          onClick={() =>
            run.mutate({ project, agentId, query: heldOut, labels: ["sentiment"], labelMetadata: ["conf"] })
          }
        >
          <Play aria-hidden />
          {newestJobId ? "Run the agent again" : "Run the agent"}
        </Button>
        {openSessionId ? (
          <ButtonLink variant="primary" href={`/p/${project}/verify/${openSessionId}`}>
            <Users aria-hidden />
            Verify together
          </ButtonLink>
        ) : (
          <Button
            variant={newestJobId ? "primary" : "secondary"}
            disabled={newestJobId === null}
            busy={open.isPending || open.isSuccess}
            onClick={() => {
              if (newestJobId)
                open.mutate({ project, label: "sentiment", jobIds: [newestJobId], reuse: true });
            }}
          >
            <Users aria-hidden />
            Verify together
          </Button>
        )}
      </div>
      <p className="mt-2 text-muted">
        {newestJobId
          ? "Open the session in a second browser too, by an invitation link: each sees the other at work."
          : "First it labels the 240 messages that it has not learnt from; then people verify, the doubtful ones first."}
      </p>
      {failed ? (
        <Notice tone="bad" className="mt-3">
          {problemOf(failed).detail}
        </Notice>
      ) : null}
    </Section>
  );
}
