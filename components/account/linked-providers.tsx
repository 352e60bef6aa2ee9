import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { Instance } from "@/contracts/access";

type LinkedProvidersProps = {
  providers: Instance["providers"];
  /** Ids of those that are linked. */
  linked: readonly string[];
  link: (form: FormData) => Promise<void>;
};

/** Each outside provider, linked or with the button that links it. */
export function LinkedProviders({ providers, linked, link }: LinkedProvidersProps) {
  return (
    <ul className="divide-y">
      {providers.map(({ id, name }) => (
        <li key={id} className="flex min-h-row items-center justify-between gap-4 py-1">
          {name}
          {linked.includes(id) ? (
            <Status tone="good">Linked</Status>
          ) : (
            <form action={link}>
              <input type="hidden" name="next" value="/account" />
              <Button type="submit" name="provider" value={id}>
                Link {name}
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
  );
}
