import fc from "fast-check";
import type { SortKey } from "@/contracts/query";
import { labels, metadataNames } from "./random-world";
import type { World } from "./world";

/** Any order of a world's records but by rank, which needs a full text. */
export const randomSort = (world: World): fc.Arbitrary<SortKey[]> =>
  fc.array(
    fc.record(
      {
        by: fc.constantFrom(
          ...["position", "externalId", "createdAt", "conf", "conf", "metadata.absent"],
          ...metadataNames.map((name) => `metadata.${name}`),
        ),
        order: fc.constantFrom("asc" as const, "desc" as const),
        label: fc.constantFrom(...labels),
        annotator: fc.constantFrom(...world.jobIds, `user:${world.userIds[1]}`, ...world.userIds),
      },
      { requiredKeys: ["by", "order"] },
    ),
    { maxLength: 3 },
  );
