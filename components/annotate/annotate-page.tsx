"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { parseQueryText } from "@/components/query/query-text";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { NoPermission } from "@/components/ui/no-permission";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Project } from "@/contracts/projects";
import { queryJson } from "@/contracts/query";
import { roleAllows } from "@/contracts/roles";
import { problemOf, useTRPC } from "@/trpc/client";
import { AnnotateScreen } from "./annotate-screen";
import type { WhichWork } from "./which-work";

export type AnnotatePageProps = {
  project: Project;
  me: { id: string };
  assignmentId?: string | undefined;
  subsetId?: string | undefined;
  /** In the words of the query language. */
  queryText?: string | undefined;
};

/** The page of labelling once it is known who may label what. */
export function AnnotatePage({ project, me, assignmentId, subsetId, queryText }: AnnotatePageProps) {
  const asked = useMemo(() => parseQueryText(queryText ?? ""), [queryText]);
  const which = useMemo((): WhichWork => {
    if (assignmentId !== undefined) return { assignmentId };
    if (subsetId !== undefined) return { subsetId };
    return asked.query ? { query: queryJson.parse(asked.query) } : {};
  }, [assignmentId, subsetId, asked.query]);
  const [problem] = asked.problems;
  if (!roleAllows(project.role, "annotations:write"))
    return (
      <Framed>
        <NoPermission title="You can't label in this project">
          Your role lets you read. An administrator can make you an annotator or a reviewer.
        </NoPermission>
      </Framed>
    );
  if (problem)
    return (
      <Framed>
        <ErrorState what="The query in the address can't be read" why={problem.message} />
      </Framed>
    );
  return <KnownWork project={project} me={me} which={which} />;
}

type KnownWorkProps = { project: Project; me: { id: string }; which: WhichWork };

function KnownWork({ project, me, which }: KnownWorkProps) {
  const trpc = useTRPC();
  const work = useQuery(
    trpc.annotating.get.queryOptions(
      { project: project.slug, ...which },
      {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 0,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    ),
  );
  if (work.data && work.data.progress.records > 0)
    return <AnnotateScreen project={project} me={me} which={which} work={work.data} />;
  return (
    <Framed>
      {work.data ? (
        <NoRecords project={project} which={which} />
      ) : work.isError && problemOf(work.error).code === "no_schema" ? (
        <NoLabels project={project} />
      ) : work.isError ? (
        <ErrorState
          what="There is nothing to label at this address"
          why={problemOf(work.error).detail}
          onRetry={() => void work.refetch()}
        />
      ) : (
        <SkeletonRows label="Loading what there is to label" />
      )}
    </Framed>
  );
}

type NothingProps = { project: Project };

function NoRecords({ project, which }: NothingProps & { which: WhichWork }) {
  const { slug, name, role } = project;
  const ofAll = Object.keys(which).length === 0;
  if (ofAll && roleAllows(role, "records:import"))
    return (
      <EmptyState
        title="No record to label yet"
        action={
          <ButtonLink variant="primary" href={`/p/${slug}/import`}>
            Import records
          </ButtonLink>
        }
      >
        A CSV or JSONL file becomes records: an id, a text, and any metadata.
      </EmptyState>
    );
  return (
    <EmptyState
      title={ofAll ? "Nothing is assigned to you yet" : "There is no record to label here"}
      action={<ButtonLink href={`/p/${slug}`}>Back to {name}</ButtonLink>}
    >
      {ofAll
        ? "When somebody gives you records to label, you label them here."
        : "Its records may have been removed from the project since."}
    </EmptyState>
  );
}

function NoLabels({ project: { slug, name, role } }: NothingProps) {
  const may = roleAllows(role, "schema:write");
  return (
    <EmptyState
      title="No label to give yet"
      action={
        may ? (
          <ButtonLink variant="primary" href={`/p/${slug}/schema`}>
            Define labels
          </ButtonLink>
        ) : (
          <ButtonLink href={`/p/${slug}`}>Back to {name}</ButtonLink>
        )
      }
    >
      {may ? "Labelling needs a label in the schema." : "An administrator defines the labels first."}
    </EmptyState>
  );
}

function Framed({ children }: { children: React.ReactNode }) {
  return (
    <>
      <PageHeader title="Label records" />
      <PageBody>{children}</PageBody>
    </>
  );
}
