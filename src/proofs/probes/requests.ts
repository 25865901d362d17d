// Whether people are answered in time is shown by the book of requests: the probe asks for one that is late, and first that a late one would be seen.
import { systemCaller } from "../../gate/caller.ts";
import { waitingRequests } from "../../registers/requests/register.ts";
import { addRequest } from "../../registers/requests/store.ts";
import { answerDays } from "../../values/AnswerDay.ts";
import { addDays, dayInHelsinki, startInHelsinki } from "../../values/Day.ts";
import { expect, NothingToProve, type Probe } from "../scene.ts";

export const requestsInTime: Probe = async ({ stage, description, as, roles }) => {
  const { gate } = stage;
  const found = await waitingRequests(gate);
  const right = (["access", "erasure", "rectification"] as const).find((one) =>
    roles.some((role) => description.rights[one] && description.roles[role]?.rights.includes(one)),
  );
  const role = roles.find((id) => right !== undefined && description.roles[id]?.rights.includes(right));
  if (right === undefined || role === undefined) throw new NothingToProve("nobody answers requests");

  const receivedOn = dayInHelsinki(gate.clock.now());
  const { deadline = "P1M", extension } = description.rights[right] ?? {};
  const { last } = answerDays(receivedOn, { deadline, extension });
  // This request stands on this stage alone.
  await gate.requesting(as(role), { verb: "collect", right }, async (grant) => ({
    id: await addRequest(grant, {
      ...{ right, channel: "letter", receivedOn, dueOn: last, inRegister: false },
      words: { name: systemCaller("probe").actor.id, replyTo: "", asks: "" },
    }),
  }));
  stage.setClock(startInHelsinki(last));
  expect((await waitingRequests(gate)).open === found.open + 1, "a new request is not waited for");
  const onLastDay = (await waitingRequests(gate)).late;
  stage.setClock(startInHelsinki(addDays(last, 1)));
  expect((await waitingRequests(gate)).late > onLastDay, "a request is not late on the day after its last day");

  expect(found.late === 0, `${found.late} of ${found.open} open requests are late`);
  return `no request is late; ${found.open} open`;
};
