import type { Metadata } from "next";
import { RecordsScreen } from "@/components/records/records-screen";
import { roleAllows } from "@/contracts/roles";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Records" };

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  const { project } = await params;
  const caller = await api();
  const [me, shown, schema, annotators, subsets, { view }] = await Promise.all([
    caller.access.me(),
    caller.projects.get({ project }),
    caller.projects.activeSchema({ project }),
    caller.records.annotators({ project }),
    caller.subsets.list({ project, limit: 200 }),
    caller.projects.viewSetting({ project, screen: "records" }),
  ]);
  const members = roleAllows(shown.role, "members:read")
    ? (await caller.access.listMembers({ project, limit: 1000 })).items
    : [{ userId: me.id, name: me.name }];
  return (
    <RecordsScreen
      me={{ id: me.id, name: me.name }}
      project={shown}
      labels={schema?.labelSchema ?? []}
      annotators={annotators}
      subsets={subsets}
      view={view}
      people={members.map(({ userId, name }) => ({ id: userId, name }))}
    />
  );
}
