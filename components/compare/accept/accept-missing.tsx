"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { drawSeed } from "@/components/subsets/sample/draw-seed";
import { Button, ButtonLink } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import type { AcceptPlan } from "@/contracts/acceptance";
import { problemOf, useTRPC } from "@/trpc/client";
import { promiseWords, sampleSize } from "./accept-words";

type AcceptMissingProps = { project: string; plan: AcceptPlan; name: string; canVerify: boolean };

/** Why nothing can be promised, and the way to it. */
export function AcceptMissing({ project, plan, name, canVerify }: AcceptMissingProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const format = useFormat();
  const open = useMutation(
    trpc.sessions.create.mutationOptions({
      onSuccess: ({ id }) => router.push(`/p/${project}/verify/${id}`),
    }),
  );
  const size = sampleSize(plan);
  const waiting = plan.leftOut.some(({ reason }) => reason === "unfinished");
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="max-w-prose text-muted">{reasonWords(plan, name, format)}</p>
      {plan.reason === "no_confidence" ? (
        <ButtonLink href={`/p/${project}/agents`}>Choose an agent's confidence</ButtonLink>
      ) : null}
      {canVerify && size !== null && !waiting ? (
        <Button
          busy={open.isPending || open.isSuccess}
          onClick={() =>
            open.mutate({
              project,
              label: plan.label,
              jobIds: [plan.jobId],
              name: `Blind check of ${name}`.slice(0, 120),
              order: "random",
              blindShare: 1,
              sample: { size, seed: drawSeed() },
            })
          }
        >
          Verify {format.counted(size, "label")} blind
        </Button>
      ) : null}
      {open.error ? (
        <p role="alert" className="text-bad text-xs">
          {problemOf(open.error).detail}
        </p>
      ) : null}
    </div>
  );
}

type Format = ReturnType<typeof useFormat>;

function reasonWords(plan: AcceptPlan, name: string, format: Format): string {
  const { reason, n, needed, checked, errors, hidden, total } = plan;
  const promise = promiseWords(plan, format);
  const more =
    needed === null
      ? " Even if all were checked, there are too few labels for it: allow more errors, or verify them all."
      : needed === 0
        ? ""
        : ` Verify ${format.count(needed)} more labels blind, drawn at random and without an error, and it can be.`;
  switch (reason) {
    case "no_labels":
      return `${name} has given no such label.`;
    case "no_confidence":
      return `None of the ${format.counted(total, "label")} of ${name} has a confidence, so that the sure ones can't be told from the others.`;
    case "hidden":
      return `An open session hides ${format.counted(hidden, "label")} of ${name} from you. Decide on them, or wait until it is closed.`;
    case "no_blind_rows":
      return `Nothing was verified blind that counts, so ${promise} can't be promised.${more}`;
    case "too_many_errors":
      return `Of the most confident labels, as few of them as can be judged, ${format.count(errors ?? 0)} of ${format.count(checked ?? 0)} checked are wrong: ${promise} can't be promised. Allow more errors, or improve the prompt.${needed === null ? "" : more}`;
    default:
      return `${format.counted(n, "label")} ${n === 1 ? "was" : "were"} verified blind. That is too few for ${promise}.${more}`;
  }
}

type LeftOutProps = { project: string; plan: Pick<AcceptPlan, "leftOut" | "excluded"> };

/** Blind verdicts that don't count, by why. */
export function LeftOut({ project, plan: { leftOut, excluded } }: LeftOutProps) {
  const format = useFormat();
  const { unsure, together, undecided } = excluded;
  const parts = [
    [unsure, "where nobody could tell"],
    [together, "decided together with others"],
    [undecided, "left undecided when the session was closed"],
  ] as const;
  const told = parts.flatMap(([count, words]) => (count > 0 ? [`${format.count(count)} ${words}`] : []));
  if (told.length === 0 && leftOut.length === 0) return null;
  return (
    <ul className="max-w-prose space-y-1 text-muted text-xs">
      {told.length > 0 ? <li>Blind labels left out: {told.join(", ")}.</li> : null}
      {leftOut.map(({ sessionId, name, reason, left }) => (
        <li key={sessionId}>
          <Link href={`/p/${project}/verify/${sessionId}`} className="text-accent hover:underline">
            {name}
          </Link>{" "}
          {reason === "unfinished"
            ? `counts once ${format.counted(left, "more blind label")} ${left === 1 ? "is" : "are"} decided, or it is closed.`
            : reason === "hidden"
              ? "hides labels from you until you have decided on them, or it is closed."
              : "doesn't count: its labels were not drawn at random from all that the job gave."}
        </li>
      ))}
    </ul>
  );
}
