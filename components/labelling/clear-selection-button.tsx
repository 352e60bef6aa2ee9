import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";

/** At the end of the bar of what can be done with selected rows. */
export function ClearSelectionButton({ onClear }: { onClear: () => void }) {
  return (
    <Button size="sm" variant="ghost" className="ml-auto" onClick={onClear}>
      Clear selection <Kbd>Esc</Kbd>
    </Button>
  );
}
