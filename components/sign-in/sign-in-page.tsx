import { AuthLayout } from "@/components/layout/auth-layout";
import { Button } from "@/components/ui/button";
import type { Instance } from "@/contracts/access";
import { SignInForm, type SignInState } from "./sign-in-form";
import { TextLink } from "./text-link";

/** Why somebody was led here, by the code in the address. */
const reasons: Record<string, string> = {
  link_used: "This sign-in link has been used; each works once. Sign in, or ask for a new one.",
  link_expired: "This sign-in link has expired. Sign in, or ask for a new one.",
  link_unknown: "There is no such sign-in link. Check that it is complete, or ask for a new one.",
  not_linked: "That account is not linked to anybody here. Sign in by password first, then try again.",
};

const noticeOf = (error: string | undefined): string | undefined =>
  error === undefined ? undefined : (reasons[error] ?? "The sign-in did not work. Try again.");

type SignInPageProps = {
  instance: Instance;
  /** Where to go afterwards. */
  next: string;
  error: string | undefined;
  submitPassword: (state: SignInState, form: FormData) => Promise<SignInState>;
  submitProvider: (form: FormData) => Promise<void>;
};

export function SignInPage({ instance, next, error, submitPassword, submitProvider }: SignInPageProps) {
  return (
    <AuthLayout
      title="Sign in"
      footer={
        <>
          {instance.openSignup ? (
            <p className="mb-2">
              New here? <TextLink href="/sign-up">Create an account</TextLink>
            </p>
          ) : null}
          <p>
            Joined by a link and have no password? Ask an administrator of your project for a sign-in link.
          </p>
        </>
      }
    >
      <SignInForm next={next} notice={noticeOf(error)} submit={submitPassword} />
      {instance.providers.length > 0 ? (
        <form action={submitProvider} className="mt-6 flex flex-col gap-2 border-t pt-6">
          <input type="hidden" name="next" value={next} />
          {instance.providers.map(({ id, name }) => (
            <Button key={id} type="submit" name="provider" value={id} size="lg">
              Continue with {name}
            </Button>
          ))}
        </form>
      ) : null}
    </AuthLayout>
  );
}
