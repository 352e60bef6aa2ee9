import { PageNotFound } from "@/components/layout/page-not-found";

export const metadata = { title: "Not found" };

/** In the project's frame, so that its other pages stay in reach. */
export default function ProjectPageNotFound() {
  return (
    <div className="grid flex-1 place-items-center">
      <PageNotFound />
    </div>
  );
}
