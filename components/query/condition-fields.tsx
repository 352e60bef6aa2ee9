"use client";

import type { Predicate } from "@/contracts/query";
import { LabelCondition } from "./conditions/label-condition";
import { LabelMetadataCondition } from "./conditions/label-metadata-condition";
import { MetadataCondition } from "./conditions/metadata-condition";
import {
  AnnotatorCondition,
  AssignedToCondition,
  CreatedAtCondition,
  ExternalIdsCondition,
  FlaggedCondition,
  IdsCondition,
  SimilarToCondition,
  SubsetCondition,
} from "./conditions/plain-conditions";
import { FullTextCondition, KeywordCondition, RegexCondition } from "./conditions/text-conditions";
import { VerificationCondition } from "./conditions/verification-condition";
import type { Vocabulary } from "./vocabulary";

type ConditionFieldsProps = {
  predicate: Predicate;
  onChange: (predicate: Predicate) => void;
  vocabulary: Vocabulary;
};

/** The words and fields of one condition: `Text has […]`. */
export function ConditionFields({ predicate, ...rest }: ConditionFieldsProps) {
  const [word, fields] = lineOf(predicate, rest);
  return (
    <>
      <span className="w-24 shrink-0 text-muted">{word}</span>
      {fields}
    </>
  );
}

function lineOf(
  predicate: Predicate,
  rest: Omit<ConditionFieldsProps, "predicate">,
): [string, React.ReactNode] {
  if ("keyword" in predicate)
    return ["Text has", <KeywordCondition key="f" predicate={predicate} {...rest} />];
  if ("metadata" in predicate)
    return ["Metadata", <MetadataCondition key="f" predicate={predicate} {...rest} />];
  if ("label" in predicate) return ["Label", <LabelCondition key="f" predicate={predicate} {...rest} />];
  if ("labelMetadata" in predicate)
    return ["Label's", <LabelMetadataCondition key="f" predicate={predicate} {...rest} />];
  if ("verification" in predicate)
    return ["Verification", <VerificationCondition key="f" predicate={predicate} {...rest} />];
  if ("annotator" in predicate)
    return ["Labelled by", <AnnotatorCondition key="f" predicate={predicate} {...rest} />];
  if ("subset" in predicate)
    return ["In subset", <SubsetCondition key="f" predicate={predicate} {...rest} />];
  if ("externalIds" in predicate)
    return ["Id is one of", <ExternalIdsCondition key="f" predicate={predicate} {...rest} />];
  if ("regex" in predicate)
    return ["Text matches", <RegexCondition key="f" predicate={predicate} {...rest} />];
  if ("fullText" in predicate)
    return ["Has words", <FullTextCondition key="f" predicate={predicate} {...rest} />];
  if ("assignedTo" in predicate)
    return ["Assigned to", <AssignedToCondition key="f" predicate={predicate} {...rest} />];
  if ("flagged" in predicate) return ["Flagged", <FlaggedCondition key="f" />];
  if ("similarTo" in predicate)
    return ["Is like", <SimilarToCondition key="f" predicate={predicate} {...rest} />];
  if ("ids" in predicate) return ["Record", <IdsCondition key="f" predicate={predicate} {...rest} />];
  return ["Imported", <CreatedAtCondition key="f" predicate={predicate} {...rest} />];
}
