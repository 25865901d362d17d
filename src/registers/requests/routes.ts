import type { Serve, Visit } from "../../api/serve.ts";
import { RequestedRight } from "../../description/terms.ts";
import { requestPage } from "../../documents/request.ts";
import type { Gate } from "../../gate/gate.ts";
import type { Another, RequestGrant } from "../../gate/requests.ts";
import { decideRequest } from "../../policy/decide.ts";
import { type Day, dayInHelsinki, parseDay } from "../../values/Day.ts";
import type { Language } from "../../values/Language.ts";
import { notFound, Problem } from "../../values/problem.ts";
import type { Names } from "../names.ts";
import * as contract from "./contract.ts";
import { actorsOf, daysOf, kindOf, lineOf, requestShown } from "./shown.ts";
import { expectAnswer, expectMove, stateOf } from "./states.ts";
import * as store from "./store.ts";
import { cameThrough, tasksFor } from "./tasks.ts";

type Work = (grant: RequestGrant, found: store.Found, another: Another) => Promise<void>;

export function requestRoutes(serve: Serve, gate: Gate, names: Names): void {
  const today = (): Day => dayInHelsinki(gate.clock.now());

  const whose = async (id: string) => {
    const known = await gate.requestOf(id);
    if (known === null) throw notFound();
    return known;
  };

  async function read({ caller }: Visit, id: string, language: Language): Promise<contract.PersonRequest> {
    const ask = { verb: "read", ...(await whose(id)) } as const;
    const found = await gate.requesting(caller, ask, (grant) => store.findRequest(grant, id));
    const who = await names(caller, [...new Set(actorsOf(found))]);
    const { description } = gate.inForce();
    return requestShown(description, found, { today: today(), nameOf: (by) => who.get(by) ?? "", language });
  }

  /** One step of one request. */
  async function on({ caller }: Visit, id: string, work: Work): Promise<{ id: string }> {
    const ask = { verb: "change", ...(await whose(id)) } as const;
    return gate.requesting(caller, ask, async (grant, another) => {
      await work(grant, await store.findRequest(grant, id), another);
      return { id };
    });
  }

  /** Somebody of the register; any other id names nobody who can be told of here. */
  async function expectCustomer(id: string): Promise<void> {
    if ((await gate.subjectOf("customer", id)) === null) throw notFound();
  }

  serve(contract.listRequests, async (_, { query: { view } }, { caller }) => {
    const { description } = gate.inForce();
    const rights = RequestedRight.options.filter(
      (right) => decideRequest(description, caller.actor, right).outcome === "allowed",
    );
    const rows = await gate.requesting(caller, { verb: "read" }, (grant) => store.listRows(grant, view, rights));
    return { items: rows.map((row) => lineOf(description, row, today())) };
  });

  serve(contract.openRequest, async (_, { body }, { caller }) => {
    const { right, channel, customerId, name, replyTo, asks } = body;
    const receivedOn = parseDay(body.receivedOn);
    if (receivedOn > today()) throw new Problem("requestNotYet", 422);
    if (customerId !== undefined) await expectCustomer(customerId);
    const { rights } = gate.inForce().description;
    if (rights[right] === undefined) throw new Problem("requestRightUnknown", 422);
    const { last } = daysOf(gate.inForce().description, { asked_right: right, received_on: receivedOn });
    const ask = { verb: "collect", right, ...(customerId !== undefined && { subject: customerId }) } as const;
    return gate.requesting(caller, ask, async (grant) => ({
      id: await store.addRequest(grant, {
        ...{ right, channel, receivedOn, dueOn: last, inRegister: customerId !== undefined },
        words: { name, replyTo, asks },
      }),
    }));
  });

  serve(contract.readRequest, (_, { params: { id }, query }, visit) =>
    read(visit, id, query.language ?? gate.inForce().description.languages[0] ?? "fi"),
  );

  serve(contract.askIdentity, (_, { params: { id } }, visit) =>
    on(visit, id, async (grant, { row }) => {
      expectMove(stateOf(row), "askIdentity");
      await store.step(grant, id, { identity_asked_at: grant.at, identity_asked_by: grant.actor.id });
    }),
  );

  serve(contract.identify, async (_, { params: { id }, body: { method, customerId } }, visit) => {
    if (customerId !== null) await expectCustomer(customerId);
    return on(visit, id, async (grant, found, another) => {
      const { row } = found;
      expectMove(stateOf(row), "identify");
      if (customerId === null && row.in_register) throw new Problem("requestOfSomebodyElse", 409);
      const moves = customerId !== null && customerId !== row.subject_id;
      if (moves && row.in_register) throw new Problem("requestOfSomebodyElse", 409);
      const of = moves ? await another(customerId) : grant;
      if (moves) await store.moveTo(grant, of, found);
      await store.step(of, id, { identity_method: method, identified_at: grant.at, identified_by: grant.actor.id });
      const right = RequestedRight.parse(row.asked_right);
      await store.addTasks(of, id, tasksFor(gate.inForce().description, right));
    });
  });

  serve(contract.extend, (_, { params: { id }, body: { reason } }, visit) =>
    on(visit, id, async (grant, { row }) => {
      expectMove(stateOf(row), "extend");
      if (row.extended_at !== null) throw new Problem("requestExtended", 409);
      const { extended } = daysOf(gate.inForce().description, row);
      if (extended === null) throw new Problem("requestNoExtension", 409);
      if (today() > row.due_on) throw new Problem("requestExtensionLate", 409, { day: row.due_on });
      const by = { extended_at: grant.at, extended_by: grant.actor.id };
      await store.step(grant, id, { ...by, extension_reason: reason, due_on: extended });
    }),
  );

  serve(contract.answerTask, (_, { params: { id, task }, body }, visit) =>
    on(visit, id, async (grant, { row }) => {
      expectMove(stateOf(row), "task");
      await store.doTask(grant, { request: id, task, ...body });
    }),
  );

  serve(contract.answerTasks, (_, { params: { id }, body }, visit) =>
    on(visit, id, async (grant, { row, tasks }) => {
      expectMove(stateOf(row), "task");
      const { description } = gate.inForce();
      const channel = contract.RequestChannel.parse(row.channel);
      for (const task of tasks) {
        if (task.done_at !== null || cameThrough(description, channel, { kind: kindOf(task), place: task.place }))
          continue;
        await store.doTask(grant, { request: id, task: task.id, ...body, note: "" });
      }
    }),
  );

  serve(contract.answerRequest, (_, { params: { id }, body }, visit) =>
    on(visit, id, async (grant, { row, tasks }) => {
      const answeredOn = parseDay(body.answeredOn);
      const { outcome, ground, complaintTold } = body;
      const at = {
        right: RequestedRight.parse(row.asked_right),
        state: stateOf(row),
        inRegister: row.in_register,
        packaged: row.package_at !== null,
        erased: row.erased_at !== null,
        tasksOpen: tasks.filter(({ done_at }) => done_at === null).length,
        receivedOn: parseDay(row.received_on),
        today: today(),
      };
      expectAnswer(at, { outcome, ground, complaintTold, answeredOn });
      await store.step(grant, id, {
        ...{ outcome, refusal_ground: ground ?? null, complaint_told: complaintTold },
        ...{ answered_on: answeredOn, answered_at: grant.at, answered_by: grant.actor.id },
      });
    }),
  );

  serve(contract.closeRequest, (_, { params: { id } }, visit) =>
    on(visit, id, async (grant, { row }) => {
      expectMove(stateOf(row), "close");
      await store.step(grant, id, { closed_at: grant.at, closed_by: grant.actor.id });
    }),
  );

  serve(contract.printRequest, async (_, { params: { id }, query: { language } }, visit) => {
    const shown = await read(visit, id, language);
    const { description } = gate.inForce();
    return requestPage(shown, { controller: description.controller.name, language });
  });
}
