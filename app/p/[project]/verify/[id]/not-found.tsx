import { SessionNotOpen } from "@/components/verification/session-not-open";

export const metadata = { title: "Session not open" };

/** Who may not see the project at all gets the page of unknown addresses from the frame above. */
export default function SessionNotFound() {
  return (
    <div className="grid flex-1 place-items-center">
      <SessionNotOpen />
    </div>
  );
}
