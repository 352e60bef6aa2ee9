import { Figure } from "@/components/ui/figure";
import { OptionMark } from "@/components/ui/option-chip";
import { optionLook } from "@/components/ui/option-look";
import { ColumnHead, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { CompareResult } from "@/contracts/compare";
import type { LabelDefinition } from "@/contracts/label-schema";

type OptionScoresProps = {
  label: LabelDefinition;
  scores: CompareResult["annotators"][number]["perOption"];
  name: string;
};

/** Precision, recall and F1 of each option. */
export function OptionScores({ label, scores, name }: OptionScoresProps) {
  return (
    <Table label={`Figures of each option, ${name}`}>
      <TableHead>
        <TableRow>
          <ColumnHead>Option</ColumnHead>
          <ColumnHead numeric>Precision</ColumnHead>
          <ColumnHead numeric>Recall</ColumnHead>
          <ColumnHead numeric>F1</ColumnHead>
          <ColumnHead numeric>Records</ColumnHead>
        </TableRow>
      </TableHead>
      <TableBody>
        {scores.map(({ value, precision, recall, f1, support }) => {
          const { text, color } = optionLook(label, value);
          return (
            <TableRow key={value}>
              <TableCell>
                <span className="inline-flex items-center gap-1.5">
                  <OptionMark color={color} />
                  {text}
                </span>
              </TableCell>
              <TableCell numeric>
                <Figure value={precision} as="share" reason="It was never given" />
              </TableCell>
              <TableCell numeric>
                <Figure value={recall} as="share" reason="Gold never has it" />
              </TableCell>
              <TableCell numeric>
                <Figure value={f1} as="share" reason="It was never given and gold never has it" />
              </TableCell>
              <TableCell numeric>
                <Figure value={support} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
