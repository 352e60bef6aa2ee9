export {
  answerInSight,
  labelEventInSight,
  labelInSight,
  loadSight,
  outcomeInSight,
  responseInSight,
  type Sight,
  verdictInSight,
  wordsInSight,
} from "./sight";
