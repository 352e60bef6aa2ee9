import { redirect } from "next/navigation";

type Props = { params: Promise<{ project: string }> };

export default async function Page({ params }: Props) {
  redirect(`/p/${(await params).project}/settings/members`);
}
