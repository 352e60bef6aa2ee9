import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { foldedValue, sidebarCookie } from "@/components/layout/sidebar-cookie";
import { ProjectShell } from "@/components/projects/project-shell";
import { api } from "@/trpc/server";

type Props = { params: Promise<{ project: string }>; children: ReactNode };

export default async function ProjectLayout({ params, children }: Props) {
  const { project: ref } = await params;
  const caller = await api();
  const [me, project, { bindings }] = await Promise.all([
    caller.access.me(),
    caller.projects.get({ project: ref }),
    caller.projects.keyBindings({ project: ref }),
  ]);
  const defaultFolded = (await cookies()).get(sidebarCookie)?.value === foldedValue;
  return (
    <ProjectShell me={me} project={project} defaultFolded={defaultFolded} keyBindings={bindings}>
      {children}
    </ProjectShell>
  );
}
