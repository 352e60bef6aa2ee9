"use client";

import { signOut } from "next-auth/react";
import { browserStorage } from "@/components/saving/browser-storage";
import { eraseUnsent } from "@/components/saving/outbox";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import type { Account, Instance, Me } from "@/contracts/access";
import { LinkedProviders } from "./linked-providers";
import { NameForm } from "./name-form";
import { PasswordForm } from "./password-form";
import { TokensSection } from "./tokens-section";

type AccountPageProps = {
  account: Account;
  projects: Me["projects"];
  /** Outside providers that this instance knows. */
  providers: Instance["providers"];
  linkProvider: (form: FormData) => Promise<void>;
  /** Came here from "Sign out" without a way back. */
  leaving: boolean;
};

/** A person's own account: name, way in, access tokens for programs. */
export function AccountPage({ account, projects, providers, linkProvider, leaving }: AccountPageProps) {
  return (
    <>
      <PageHeader title="Account" />
      <PageBody>
        {leaving && !account.hasPassword ? <LeavingNotice userId={account.id} /> : null}
        <Section layout="form" title="Name" description="Colleagues see it beside your labels and verdicts.">
          <NameForm name={account.name} />
        </Section>
        <Section
          layout="form"
          title={account.hasPassword ? "Password" : "E-mail and password"}
          description={
            account.hasPassword
              ? `You sign in as ${account.email}. A new password signs your other browsers out.`
              : "With them you can sign in anywhere. You stay the same person: your labels and projects stay yours."
          }
        >
          <PasswordForm account={account} />
        </Section>
        {providers.length > 0 ? (
          <Section
            layout="form"
            title="Other ways to sign in"
            description="Link an account that you have elsewhere; afterwards it signs you in here."
          >
            <LinkedProviders providers={providers} linked={account.linked} link={linkProvider} />
          </Section>
        ) : null}
        <TokensSection projects={projects} guest={account.instanceRole === "guest"} />
      </PageBody>
    </>
  );
}

function LeavingNotice({ userId }: { userId: string }) {
  function signOutAnyway() {
    eraseUnsent(browserStorage(), userId);
    void signOut({ redirectTo: "/sign-in" });
  }

  return (
    <Notice
      tone="warn"
      title="You have no password yet"
      className="mb-6"
      action={<Button onClick={signOutAnyway}>Sign out anyway</Button>}
    >
      After signing out, only a sign-in link from an administrator brings you back. Set a password below
      first.
    </Notice>
  );
}
