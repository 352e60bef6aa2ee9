"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useFormat } from "@/components/ui/figure";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import type { AcceptPlan } from "@/contracts/acceptance";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { AcceptApplied } from "./accept-applied";
import { AcceptMissing, LeftOut } from "./accept-missing";
import { evidenceWords, planWords, promiseWords } from "./accept-words";
import { RiskTable } from "./risk-table";
import { VerifyRest } from "./verify-rest";

// Recharts is larger than all else on the page.
const RiskCoverageChart = dynamic(
  () => import("./risk-coverage-chart").then((loaded) => loaded.RiskCoverageChart),
  { ssr: false, loading: () => <Skeleton className="h-72 w-full" /> },
);

type AcceptFiguresProps = { project: Project; plan: AcceptPlan; name: string; canVerify: boolean };

/** What can be promised and done, the curve behind it, and what is missing where nothing can. */
export function AcceptFigures({ project, plan, name, canVerify }: AcceptFiguresProps) {
  const format = useFormat();
  const { change, busy, problem } = useAcceptance(project.slug);
  const { applied, threshold, checked, errors, bound } = plan;
  const mayAccept = roleAllows(project.role, "aggregation:write");
  const words = planWords(plan, format);
  const rest = applied?.threshold ?? threshold;
  const hasCurve = plan.curve.some((step) => step.checked > 0);
  return (
    <div className="flex flex-col gap-4">
      {applied ? (
        <AcceptApplied
          applied={applied}
          onUndo={mayAccept ? () => change.undo(applied.id) : null}
          undoing={busy}
        />
      ) : null}
      {words && checked !== null && errors !== null && bound !== null ? (
        <div>
          <p className="text-base">{words}</p>
          <p className="mt-1 max-w-prose text-muted">{evidenceWords({ checked, errors, bound }, format)}</p>
        </div>
      ) : (
        <AcceptMissing project={project.slug} plan={plan} name={name} canVerify={canVerify} />
      )}
      {rest === null ? null : (
        <div className="flex flex-wrap items-center gap-2">
          {mayAccept && !applied ? <AcceptButton plan={plan} onAccept={change.accept} busy={busy} /> : null}
          {applied && applied.threshold !== threshold ? null : (
            <VerifyRest
              project={project.slug}
              plan={plan}
              threshold={rest}
              name={name}
              canVerify={canVerify}
            />
          )}
        </div>
      )}
      {problem ? (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
      <LeftOut project={project.slug} plan={plan} />
      {hasCurve ? (
        <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
          <RiskCoverageChart curve={plan.curve} epsilon={plan.epsilon} threshold={threshold} />
          <RiskTable curve={plan.curve} threshold={threshold} name={name} />
        </div>
      ) : null}
    </div>
  );
}

type Change = { accept: (plan: AcceptPlan) => void; undo: (id: string) => void };

/** Accepts, and takes it back; each offers the other. */
function useAcceptance(project: string): { change: Change; busy: boolean; problem: string | null } {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const format = useFormat();
  const again = () => queries.invalidateQueries(trpc.statistics.acceptPlan.pathFilter());
  const undoing = useMutation(trpc.statistics.undoAccept.mutationOptions({ onSuccess: again }));
  const undo = (id: string) => undoing.mutate({ project, id });
  const accepting = useMutation(
    trpc.statistics.accept.mutationOptions({
      onSuccess: async ({ id, accepted }) => {
        toast(`${format.counted(accepted, "label")} accepted`, {
          action: { label: "Undo", onClick: () => undo(id) },
        });
        await again();
      },
    }),
  );
  const failed = accepting.error ?? undoing.error;
  return {
    change: {
      accept: ({ jobId, label, epsilon, alpha }) =>
        accepting.mutate({ project, jobId, label, epsilon, alpha }),
      undo,
    },
    busy: accepting.isPending || undoing.isPending,
    problem: failed ? problemOf(failed).detail : null,
  };
}

type AcceptButtonProps = { plan: AcceptPlan; onAccept: (plan: AcceptPlan) => void; busy: boolean };

/** Asks with the evidence before it accepts. */
function AcceptButton({ plan, onAccept, busy }: AcceptButtonProps) {
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const { accepted, checked, errors, bound } = plan;
  if (accepted === null || checked === null || errors === null || bound === null) return null;
  const verb = `Accept ${format.counted(accepted, "label")}`;
  return (
    <>
      <Button variant="primary" busy={busy} onClick={() => setAsking(true)}>
        {verb}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`${verb} unread?`}
        description={`${promiseWords(plan, format)}. ${evidenceWords({ checked, errors, bound }, format)} They become final where no person decides; the job's labels stay as they are, and you can undo it.`}
        verb={verb}
        keep="Don't accept"
        onConfirm={() => {
          setAsking(false);
          onAccept(plan);
        }}
      />
    </>
  );
}
