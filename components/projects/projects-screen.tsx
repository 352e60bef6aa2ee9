"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FolderPlus } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Figure } from "@/components/ui/figure";
import { MoreButton } from "@/components/ui/more-button";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { ListOf } from "@/contracts/common";
import type { Project } from "@/contracts/projects";
import { problemOf, useTRPC } from "@/trpc/client";
import { CreateProjectDialog } from "./create-project-dialog";
import { ProjectCard } from "./project-card";
import { SampleButton } from "./sample-button";

const PAGE = 100;

type ProjectsScreenProps = { mayCreate: boolean; firstPage: ListOf<Project> };

/** Every project of the reader; `?new=` opens the dialog that makes one, `?show=archived` the archive. */
export function ProjectsScreen({ mayCreate, firstPage }: ProjectsScreenProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const path = usePathname();
  const search = useSearchParams();
  const query = useInfiniteQuery(
    trpc.projects.list.infiniteQueryOptions(
      { limit: PAGE },
      {
        getNextPageParam: (last) => last.nextCursor ?? undefined,
        initialData: { pages: [firstPage], pageParams: [null] },
      },
    ),
  );
  const projects = query.data?.pages.flatMap((page) => page.items) ?? [];
  const archived = projects.filter((project) => project.archived);
  const showsArchive = search.get("show") === "archived";
  const shown = showsArchive ? archived : projects.filter((project) => !project.archived);
  const isEmpty = query.data !== undefined && shown.length === 0 && !showsArchive;

  const go = (changes: Record<string, string | null>) => {
    const next = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes))
      if (value === null) next.delete(name);
      else next.set(name, value);
    router.replace(next.size > 0 ? `${path}?${next}` : path, { scroll: false });
  };

  return (
    <>
      <PageHeader
        title="Projects"
        meta={query.data ? <Figure value={query.data.pages[0]?.total} /> : null}
        actions={
          mayCreate && !isEmpty ? (
            <>
              <SampleButton />
              <Button variant="primary" onClick={() => go({ new: "blank" })}>
                Create project
              </Button>
            </>
          ) : null
        }
      />
      <PageBody>
        {archived.length > 0 ? (
          <SegmentedControl
            label="Projects shown"
            value={showsArchive ? "archived" : "active"}
            onValueChange={(value) => go({ show: value === "archived" ? "archived" : null })}
            options={[
              { value: "active", label: "Active" },
              { value: "archived", label: "Archived" },
            ]}
            className="mb-4"
          />
        ) : null}
        {query.isError ? (
          <ErrorState
            what="The projects did not load"
            why={problemOf(query.error).detail}
            onRetry={() => void query.refetch()}
          />
        ) : shown.length > 0 ? (
          <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
            {shown.map((project) => (
              <li key={project.id}>
                <ProjectCard project={project} />
              </li>
            ))}
          </ul>
        ) : (
          <NoProjects
            mayCreate={mayCreate}
            showsArchive={showsArchive}
            onCreate={() => go({ new: "blank" })}
          />
        )}
        <MoreButton list={query} className="mx-auto mt-4 flex">
          Show older projects
        </MoreButton>
      </PageBody>
      {mayCreate ? (
        <CreateProjectDialog template={search.get("new")} onClose={() => go({ new: null })} />
      ) : null}
    </>
  );
}

type NoProjectsProps = { mayCreate: boolean; showsArchive: boolean; onCreate: () => void };

function NoProjects({ mayCreate, showsArchive, onCreate }: NoProjectsProps) {
  if (showsArchive)
    return <EmptyState title="Nothing is archived">Archived projects are kept here.</EmptyState>;
  if (!mayCreate)
    return (
      <EmptyState icon={FolderPlus} title="You are in no project yet">
        Open the invitation link that somebody sent you.
      </EmptyState>
    );
  return (
    <EmptyState
      icon={FolderPlus}
      title="No project yet"
      action={
        <>
          <SampleButton primary />
          <Button onClick={onCreate}>Create project</Button>
        </>
      }
    >
      A project holds texts, the labels they may get, and the people and models that give them. The sample has
      all of it, to play in.
    </EmptyState>
  );
}
