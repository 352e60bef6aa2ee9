import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { JoinPage } from "@/components/join/join-page";
import { api } from "@/trpc/server";

export const metadata: Metadata = { title: "Join", referrer: "no-referrer" };

type Props = { params: Promise<{ token: string }> };

export default async function Page({ params }: Props) {
  const { token } = await params;
  const { access } = await api();
  const [{ invitation, memberOf }, { signedInAs }] = await Promise.all([
    access.joinPage({ token }),
    access.instance(),
  ]);
  if (memberOf !== null) redirect(`/p/${memberOf}`);
  return <JoinPage token={token} invitation={invitation} signedInAs={signedInAs} />;
}
