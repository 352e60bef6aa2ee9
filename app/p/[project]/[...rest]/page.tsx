import { notFound } from "next/navigation";

/** Every address of a project that no page has: the answer is given in the project's frame. */
export default function UnknownPage() {
  notFound();
}
