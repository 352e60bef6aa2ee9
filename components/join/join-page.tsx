import { AuthLayout } from "@/components/layout/auth-layout";
import { TextLink } from "@/components/sign-in/text-link";
import { Notice } from "@/components/ui/notice";
import type { JoinInfo } from "@/contracts/access";
import { JoinForm } from "./join-form";
import { deadInvitation, roleInvitation } from "./wording";

type JoinPageProps = {
  token: string;
  /** Null when there is no such invitation. */
  invitation: JoinInfo | null;
  /** The name of whoever is signed in in this browser. */
  signedInAs: string | null;
};

/** What an invitation is for and who sent it; one field, one button. */
export function JoinPage({ token, invitation, signedInAs }: JoinPageProps) {
  if (invitation === null)
    return (
      <AuthLayout title="No such invitation" footer={<OtherWay signedInAs={signedInAs} token={token} />}>
        <Notice tone="bad">
          Check that the link is complete: a part may have been lost when it was copied. Otherwise ask for a
          new one.
        </Notice>
      </AuthLayout>
    );
  const { project, role, invitedBy, state } = invitation;
  const footer = <OtherWay signedInAs={signedInAs} token={token} />;
  if (state !== "active")
    return (
      <AuthLayout title={`Join ${project.name}`} footer={footer}>
        <Notice tone="warn">{deadInvitation(state, invitedBy)}</Notice>
      </AuthLayout>
    );
  return (
    <AuthLayout
      title={`Join ${project.name}`}
      description={`${invitedBy} invites you ${roleInvitation[role]}.`}
      footer={footer}
    >
      <JoinForm token={token} signedInAs={signedInAs} />
    </AuthLayout>
  );
}

function OtherWay({ token, signedInAs }: { token: string; signedInAs: string | null }) {
  if (signedInAs !== null)
    return (
      <>
        You are signed in as {signedInAs}. <TextLink href="/projects">Your projects</TextLink>
      </>
    );
  return (
    <>
      Have an account here?{" "}
      <TextLink href={`/sign-in?next=${encodeURIComponent(`/join/${token}`)}`}>Sign in</TextLink>
    </>
  );
}
