import type { Metadata } from "next";
import { cookies } from "next/headers";
import { AccountPage } from "@/components/account/account-page";
import { foldedValue, sidebarCookie } from "@/components/layout/sidebar-cookie";
import { ProjectShell } from "@/components/projects/project-shell";
import { api } from "@/trpc/server";
import { submitProvider } from "../sign-in/actions";

export const metadata: Metadata = { title: "Account" };

type Props = { searchParams: Promise<{ leaving?: string | string[] }> };

export default async function Page({ searchParams }: Props) {
  const { access } = await api();
  const [me, account, { providers }] = await Promise.all([access.me(), access.account(), access.instance()]);
  const defaultFolded = (await cookies()).get(sidebarCookie)?.value === foldedValue;
  return (
    <ProjectShell me={me} project={null} defaultFolded={defaultFolded}>
      <AccountPage
        account={account}
        projects={me.projects}
        providers={providers}
        linkProvider={submitProvider}
        leaving={(await searchParams).leaving !== undefined}
      />
    </ProjectShell>
  );
}
