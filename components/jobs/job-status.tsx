import { Status } from "@/components/ui/badge";
import { statusLook } from "./job-words";

/** The state of a job. */
export function JobStatus({ status }: { status: string }) {
  const { text, tone, live } = statusLook(status);
  return (
    <Status tone={tone} live={live}>
      {text}
    </Status>
  );
}
