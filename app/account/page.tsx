import type { Metadata } from "next";
import { cookies } from "next/headers";
import { AccountPage } from "@/components/account/account-page";
import { foldedValue, sidebarCookie } from "@/components/layout/sidebar-cookie";
import { ProjectShell } from "@/components/projects/project-shell";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Account" };

type Props = { searchParams: Promise<{ leaving?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { access } = await api();
  const [me, account] = await Promise.all([access.me(), access.account()]);
  const defaultFolded = (await cookies()).get(sidebarCookie)?.value === foldedValue;
  return (
    <ProjectShell me={me} project={null} defaultFolded={defaultFolded}>
      <AccountPage
        account={account}
        projects={me.projects}
        leaving={(await searchParams).leaving !== undefined}
      />
    </ProjectShell>
  );
}
