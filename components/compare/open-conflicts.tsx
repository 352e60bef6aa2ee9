"use client";

import { useMutation } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { recordsHref } from "@/components/query/records-address";
import { ResolveDisagreements } from "@/components/reconciling/resolve-disagreements";
import { Button, ButtonLink } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { IconButton } from "@/components/ui/icon-button";
import { OpenSessionDialog } from "@/components/verification/opening/open-session-dialog";
import type { Session } from "@/contracts/sessions";
import { problemOf, useTRPC } from "@/trpc/client";
import { conflictQuery } from "./cell-query";

type OpenConflictsProps = {
  project: string;
  label: string;
  pair: { a: string; b: string; conflicts: number };
  names: readonly [string, string];
  subsetId: string | null;
  /** Both are jobs and the reader may open sessions; otherwise the records are shown. */
  canVerify: boolean;
};

/** Leads into the one session on what two jobs differ on, for several people, or to a list of the records. */
export function OpenConflicts({ project, label, pair, names, subsetId, canVerify }: OpenConflictsProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const [choosing, setChoosing] = useState(false);
  const query = conflictQuery(label, [pair.a, pair.b]);
  const goTo = ({ id }: Pick<Session, "id">) => router.push(`/p/${project}/verify/${id}`);
  const extend = useMutation(trpc.sessions.extend.mutationOptions({ onSuccess: goTo }));
  const create = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: (session) => {
        // Open since earlier: on what the jobs differ since then comes in. A conflict is a label of each.
        if (session.counts.total < 2 * pair.conflicts) extend.mutate({ project, id: session.id });
        else goTo(session);
      },
    }),
  );
  const failed = create.error ?? extend.error;
  const conflicts = `${format.count(pair.conflicts)} conflict${pair.conflicts === 1 ? "" : "s"}`;
  const inSubset = subsetId ? { and: [{ subset: subsetId }, query] } : query;
  if (pair.conflicts === 0) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {choosing ? (
        <OpenSessionDialog
          project={project}
          what={`${conflicts} between ${names.join(" and ")}`}
          labels={[label]}
          jobIds={[pair.a, pair.b]}
          name={`Conflicts: ${names.join(" / ")}`.slice(0, 120)}
          query={inSubset}
          onClose={() => setChoosing(false)}
        />
      ) : null}
      {canVerify ? (
        <Button
          busy={create.isPending || extend.isPending}
          onClick={() =>
            create.mutate({
              project,
              label,
              name: `Conflicts: ${names.join(" / ")}`.slice(0, 120),
              jobIds: [pair.a, pair.b],
              query: inSubset,
              reuse: true,
            })
          }
        >
          Open {conflicts} as a session
        </Button>
      ) : null}
      {canVerify ? (
        <IconButton label="Choose how to verify" onClick={() => setChoosing(true)}>
          <SlidersHorizontal aria-hidden />
        </IconButton>
      ) : null}
      <ButtonLink variant="ghost" href={recordsHref(project, { query: inSubset })}>
        Show {conflicts}
      </ButtonLink>
      <ResolveDisagreements
        project={project}
        label={label}
        annotators={[pair.a, pair.b]}
        subset={subsetId}
        variant="ghost"
      />
      {failed ? (
        <p role="alert" className="text-bad text-xs">
          {problemOf(failed).detail}
        </p>
      ) : null}
    </div>
  );
}
