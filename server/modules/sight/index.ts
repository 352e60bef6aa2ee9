export {
  answerInSight,
  labelInSight,
  loadSight,
  outcomeInSight,
  type Sight,
  verdictInSight,
  wordsInSight,
} from "./sight";
