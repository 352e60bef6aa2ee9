import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { StateMessage } from "./state-message";

type ErrorStateProps = {
  /** What did not work: "Records did not load". */
  what: ReactNode;
  /** Why, in words that the reader can act on. */
  why: ReactNode;
  onRetry?: () => void;
  retryLabel?: string;
  /** Found again in the server's log. */
  reference?: string | undefined;
  className?: string;
};

/** Something did not work: what, why, and a retry. */
export function ErrorState({
  what,
  why,
  onRetry,
  retryLabel = "Try again",
  reference,
  className,
}: ErrorStateProps) {
  return (
    <StateMessage
      icon={CircleAlert}
      role="alert"
      title={what}
      className={className}
      action={onRetry ? <Button onClick={onRetry}>{retryLabel}</Button> : null}
    >
      {why}
      {reference ? <p className="mt-2 text-faint text-xs">Reference {reference}</p> : null}
    </StateMessage>
  );
}
