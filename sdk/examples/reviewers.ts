import { Authentication, Service, type Session, type SessionItem } from "..";

/** Somebody joins the project by a link that is made for them. @returns the project as they see it */
export async function join(service: Service, name: string): Promise<Service> {
  const { token } = await service.invitations.create({ role: "reviewer" });
  if (token === null) throw new Error("The invitation's secret was lost on its way.");
  return new Service({ auth: await Authentication.join({ url: service.auth.url, invitation: token, name }) });
}

/** Takes the next record that nobody else has, and says that the job was wrong. */
export async function correctNext(person: Service, session: Session): Promise<void> {
  const next = await person.sessions.next(session.id);
  if (!next) throw new Error("Nothing is left to verify.");
  await decide(person, session, next.item.annotations, ({ value }) => [value?.[0] === "pos" ? "neg" : "pos"]);
}

type Decided = Pick<SessionItem, "annotationId" | "value">;
/** Gives a verdict on each item in the person's name. */
export async function decide<T extends Decided>(
  person: Service,
  session: Session,
  items: T[],
  chosen: (item: T) => string[],
) {
  const verdicts = items.map((item) => ({ annotationId: item.annotationId, value: chosen(item) }));
  for (let from = 0; from < verdicts.length; from += 500) {
    const written = await person.verifications.create({
      sessionId: session.id,
      items: verdicts.slice(from, from + 500),
    });
    const refused = written.find((one) => "error" in one);
    if (refused) throw new Error(`A verdict was refused: ${JSON.stringify(refused)}`);
  }
}
