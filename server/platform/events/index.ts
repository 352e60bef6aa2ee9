export { type EventListener, getEventListener, openEventListener } from "./listener";
export { eventArguments, publish } from "./publish";
export { subscribe, watchTopic } from "./subscribe";
