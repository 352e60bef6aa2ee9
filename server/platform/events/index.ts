export { type EventListener, getEventListener, openEventListener } from "./listener";
export { eventArguments, publish } from "./publish";
export { watchTopic } from "./watch-topic";
