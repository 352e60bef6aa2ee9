"use client";

import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { useTRPC } from "@/trpc/client";
import { reconcileHref } from "./use-reconcile-address";

type ResolveDisagreementsProps = {
  project: string;
  label: string;
  /** Who has to differ; null: any two annotators. */
  annotators?: readonly string[] | null;
  subset?: string | null;
  variant?: "secondary" | "ghost";
};

const COUNTED_FOR_MS = 60_000;

/** The way to where the disagreements on a label are resolved, with as many as its first tab lists; nothing when there are none. */
export function ResolveDisagreements(props: ResolveDisagreementsProps) {
  const { project, label, annotators = null, subset = null, variant = "secondary" } = props;
  const trpc = useTRPC();
  const format = useFormat();
  const { data } = useQuery(
    trpc.reconciliations.disagreements.queryOptions(
      {
        ...{ project, label, limit: 1 },
        ...(annotators ? { annotators: [...annotators] } : {}),
        ...(subset ? { subsetId: subset } : {}),
      },
      { staleTime: COUNTED_FOR_MS },
    ),
  );
  const { open = 0, changed = 0 } = data?.counts ?? {};
  if (open + changed === 0) return null;
  const address = {
    ...{ label, subset },
    annotators: annotators && [...annotators],
    ...(open === 0 ? { state: "changed" as const } : {}),
  };
  return (
    <ButtonLink
      variant={variant}
      href={reconcileHref(project, address)}
      title="Where two annotators differ and nobody has reconciled them, whatever the policy: a job and a person's verdict on it too"
    >
      {open > 0
        ? `Resolve ${format.count(open)} ${open === 1 ? "disagreement" : "disagreements"}`
        : `Look again at ${format.count(changed)} ${changed === 1 ? "disagreement" : "disagreements"}`}
    </ButtonLink>
  );
}
