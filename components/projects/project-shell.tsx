"use client";

import { type ReactNode, useMemo } from "react";
import { useLeaving } from "@/components/account/use-leaving";
import { AnnotateCommand } from "@/components/annotate/annotate-command";
import { BulkRuns } from "@/components/bulk/bulk-runs";
import { DiscussionProvider } from "@/components/discussions/discussion-context";
import { DiscussionNews } from "@/components/discussions/discussion-news";
import { useUnread } from "@/components/discussions/use-unread";
import { ExportCommand } from "@/components/exports/export-command";
import { AppShell } from "@/components/layout/app-shell";
import { KeptKeys } from "@/components/layout/kept-keys";
import { FindRecordsCommand } from "@/components/records/find-records-command";
import type { Me } from "@/contracts/access";
import type { KeyBindings } from "@/contracts/key-bindings";
import type { Project } from "@/contracts/projects";
import { roleAllows } from "@/contracts/roles";
import { navForRole } from "./nav-for-role";

type ProjectShellProps = {
  me: Me;
  /** Null outside a project: the list of projects, the account. */
  project: Project | null;
  defaultFolded: boolean;
  /** What the reader has chosen; none outside a project. */
  keyBindings?: KeyBindings;
  children: ReactNode;
};

const usualKeys: KeyBindings = {};

/** The frame of every screen, with the screens that the reader's role in this project may open. */
export function ProjectShell(props: ProjectShellProps) {
  const { me, project, defaultFolded, keyBindings = usualKeys, children } = props;
  const { leave, question } = useLeaving(me);
  const unread = useUnread(project?.slug ?? null);
  const items = useMemo(
    () =>
      project
        ? navForRole(project.slug, project.role).map((item) =>
            item.key === "inbox" ? { ...item, count: unread } : item,
          )
        : [{ key: "projects" as const, label: "Projects", href: "/projects" }],
    [project, unread],
  );
  const shell = (
    <KeptKeys userId={me.id} project={project?.slug ?? null} bindings={keyBindings}>
      <AppShell
        user={me}
        project={project}
        projects={me.projects}
        items={items}
        signOut={leave}
        newProjectHref={me.kind === "guest" ? undefined : "/projects?new=blank"}
        defaultFolded={defaultFolded}
      >
        {children}
        {project && roleAllows(project.role, "export:read") ? <ExportCommand project={project.slug} /> : null}
        {project && roleAllows(project.role, "annotations:write") ? (
          <AnnotateCommand project={project.slug} />
        ) : null}
        {project && roleAllows(project.role, "records:read") ? (
          <FindRecordsCommand project={project.slug} />
        ) : null}
        {project ? <BulkRuns project={project.slug} me={me.id} /> : null}
        {question}
      </AppShell>
    </KeptKeys>
  );
  if (!project) return shell;
  return (
    <DiscussionProvider project={project.slug} me={me} role={project.role}>
      {shell}
      <DiscussionNews />
    </DiscussionProvider>
  );
}
