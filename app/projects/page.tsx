import type { Metadata } from "next";
import { cookies } from "next/headers";
import { foldedValue, sidebarCookie } from "@/components/layout/sidebar-cookie";
import { ProjectShell } from "@/components/projects/project-shell";
import { ProjectsScreen } from "@/components/projects/projects-screen";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const { access, projects } = await api();
  const [me, firstPage] = await Promise.all([access.me(), projects.list({ limit: 100 })]);
  const defaultFolded = (await cookies()).get(sidebarCookie)?.value === foldedValue;
  return (
    <ProjectShell me={me} project={null} defaultFolded={defaultFolded}>
      <ProjectsScreen mayCreate={me.kind !== "guest"} firstPage={firstPage} />
    </ProjectShell>
  );
}
