import { CredentialsSignin } from "next-auth";
import { RefusedSignIn, signIn } from ".";
import { oauthProviders } from "./oauth-providers";
import { ownPath } from "./own-path";

export type Refusal = { email: string; message: string; code: string };

/** Signs this browser in by the form's `email` and `password`; null when it did. */
export async function signInByPassword(form: FormData): Promise<Refusal | null> {
  const email = String(form.get("email") ?? "");
  try {
    await signIn("password", { email, password: String(form.get("password") ?? ""), redirect: false });
    return null;
  } catch (error) {
    if (error instanceof RefusedSignIn)
      return { email, message: error.reason.message, code: error.reason.code };
    if (error instanceof CredentialsSignin)
      return { email, message: "Enter an e-mail address and its password.", code: "invalid" };
    throw error;
  }
}

/** Goes to an outside provider and comes back signed in. */
export async function signInByProvider(form: FormData): Promise<void> {
  const provider = oauthProviders().find(({ id }) => id === form.get("provider"));
  if (provider) await signIn(provider.id, { redirectTo: ownPath(form.get("next")) });
}
