import type { ReactNode } from "react";
import { NavTabs } from "@/components/ui/nav-tabs";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import type { Project } from "@/contracts/projects";
import { roleAllows, type Scope } from "@/contracts/roles";

const parts = [
  { path: "members", label: "Members", scope: "members:read" },
  { path: "invitations", label: "Invitations", scope: "members:manage" },
  { path: "project", label: "Project", scope: "project:manage" },
  { path: "budget", label: "Keys and budget", scope: "project:manage" },
  { path: "webhooks", label: "Webhooks", scope: "project:manage" },
  { path: "vectors", label: "Vectors", scope: "records:write" },
  { path: "audit", label: "Audit log", scope: "audit:read" },
] as const satisfies readonly { path: string; label: string; scope: Scope }[];

/** What a settings page needs to know of its project. */
export type SettingsProject = Pick<Project, "slug" | "name" | "role">;

type SettingsFrameProps = {
  project: SettingsProject;
  current: (typeof parts)[number]["path"];
  actions?: ReactNode;
  children: ReactNode;
};

/** Header and tabs of a project's settings; a role sees the parts it may open. */
export function SettingsFrame({ project, current, actions, children }: SettingsFrameProps) {
  const base = `/p/${project.slug}`;
  const items = parts
    .filter(({ scope }) => roleAllows(project.role, scope))
    .map(({ path, label }) => ({ href: `${base}/settings/${path}`, label, current: path === current }));
  return (
    <>
      <PageHeader title="Settings" actions={actions} />
      <NavTabs label="Settings" items={items} className="px-4" />
      <PageBody>{children}</PageBody>
    </>
  );
}
