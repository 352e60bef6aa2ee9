"use client";

import { useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { useFormat } from "@/components/ui/figure";
import { OpenSessionDialog } from "@/components/verification/opening/open-session-dialog";
import type { Calibration } from "@/contracts/calibration";

type CalibrationMissingProps = {
  project: string;
  result: Calibration;
  name: string;
  canVerify: boolean;
};

/** Why nothing can be told yet, and the way to it. */
export function CalibrationMissing({ project, result, name, canVerify }: CalibrationMissingProps) {
  const format = useFormat();
  const [choosing, setChoosing] = useState(false);
  const { label, jobId, truth, reason, n, needs, withoutConf } = result;
  if (reason === "no_conf")
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="max-w-prose text-muted">
          None of {format.counted(withoutConf, "label")} whose truth is known has a confidence. An agent gives
          one when its model returns log-probabilities, states how sure it is, or is asked several times.
        </p>
        <ButtonLink href={`/p/${project}/agents`}>Choose an agent's confidence</ButtonLink>
      </div>
    );
  const missing = needs - n;
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="max-w-prose text-muted">
        Calibration needs {format.counted(needs, "label")} with a confidence whose truth is known and has{" "}
        {format.count(n)}: {format.count(missing)} more {missing === 1 ? "is" : "are"} missing.
        {truth.startsWith("metadata:")
          ? null
          : " Blind verdicts tell most: people judge before they see the label."}
      </p>
      {truth.startsWith("metadata:") || !canVerify ? null : (
        <Button onClick={() => setChoosing(true)}>Verify labels of {name}</Button>
      )}
      {choosing ? (
        <OpenSessionDialog
          project={project}
          what={`Labels of ${name}`}
          labels={[label]}
          jobIds={[jobId]}
          blindPercent="100"
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </div>
  );
}
