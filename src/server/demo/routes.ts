import type { Serve } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { isLoopback } from "../../values/hosts.ts";
import { notFound, Problem } from "../../values/problem.ts";
import type { Beside } from "./beside.ts";
import {
  type DemoNow,
  leaveDemo,
  linkToDemo,
  readDemo,
  readVisit,
  startDemo,
  stopDemo,
  throwDemoAway,
  visitDemo,
} from "./contract.ts";
import type { Visits } from "./visits.ts";

const A_MINUTE = 30;

type Demo = {
  gate: Gate;
  /** Absent: the browser could not reach a demo on this machine. */
  beside: Beside | undefined;
  /** Only in the demo itself. */
  visits: Visits | undefined;
  origin: () => string;
};

export function demoRoutes(serve: Serve, { gate, beside, visits, origin }: Demo): void {
  const now = (): DemoNow => {
    const { registers } = gate.keys.inventory();
    const empty = registers.every(({ register, subjects }) => register !== "customers" || subjects === 0);
    if (!beside) return { offered: false, state: "none", step: null, percent: 0, made: false, problem: null, empty };
    return { offered: true, ...beside.now(), empty };
  };
  const here = (): Beside => {
    if (!beside) throw new Problem("demoNotHere", 409);
    return beside;
  };
  serve(readDemo, async () => now());
  serve(startDemo, async () => {
    await here().begin();
    return now();
  });
  serve(linkToDemo, async (_, __, { request }) => ({ url: await here().link(homeOf(request.host, origin())) }), {
    perMinute: A_MINUTE,
  });
  serve(stopDemo, async () => {
    await here().stop();
    return now();
  });
  serve(throwDemoAway, async () => {
    await here().throwAway();
    return now();
  });

  const inDemo = (): Visits => {
    if (!visits) throw notFound();
    return visits;
  };
  const expectVisitor = (signedIn: boolean): Visits => {
    const here = inDemo();
    if (!signedIn) throw new Problem("notSignedIn", 401);
    return here;
  };
  serve(
    visitDemo,
    async (_, { body: { secret, language } }, visit) => {
      await inDemo().enter(secret, language, visit);
      return { entered: true as const };
    },
    { perMinute: A_MINUTE },
  );
  serve(readVisit, async (_, __, { signedIn }) => expectVisitor(signedIn).look());
  serve(leaveDemo, async (_, __, { signedIn }) => ({ home: expectVisitor(signedIn).leave() }));
}

/** Where this visitor's browser is: by the name that they came by, where it is this machine's (its session is there and nowhere else). */
function homeOf(host: string, origin: string): string {
  const url = URL.parse(`http://${host}`);
  return url && isLoopback(url.hostname) && url.host === host ? `http://${host}` : origin;
}
