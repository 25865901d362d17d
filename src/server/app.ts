// The server as a value: nothing here opens a port or reads a setting, so that tests ask the same app that runs.
import fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { Actors } from "../actors/actors.ts";
import type { Contract } from "../api/contract.ts";
import { serveOn } from "../api/serve.ts";
import type { Desk } from "../backup/desk.ts";
import type { Notices } from "../channels/notices/notices.ts";
import type { OutsideSignIn } from "../channels/oidc/routes.ts";
import type { Gate } from "../gate/gate.ts";
import { openProver, type Prover } from "../proofs/prove.ts";
import { type SearchKeeper, searchKeeper } from "../registers/customers/search/store.ts";
import type { CopiesAfter } from "../rights/certificates/issue.ts";
import type { OwnCardPlace } from "../rights/ownCard/routes.ts";
import { notFound } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";
import { type AccessLog, logRequests, writeAccess } from "./accessLog.ts";
import { readCondition } from "./contract.ts";
import type { Beside } from "./demo/beside.ts";
import type { Visits } from "./demo/visits.ts";
import type { DiskWatch } from "./diskWatch.ts";
import { type Health, serveHealth } from "./health.ts";
import { describeApi } from "./openapi.ts";
import { answerProblems } from "./problems.ts";
import { type Reach, trustOf } from "./proxies.ts";
import { refuseWrites } from "./readOnly.ts";
import { kinds, serveAll, type Versions } from "./routes.ts";
import { secure } from "./security.ts";
import { serveWeb } from "./webFiles.ts";

export const BODY_LIMIT_BYTES = 1024 * 1024;

export type AppParts = Reach & {
  gate: Gate;
  actors: Actors;
  /** The program's version. */
  version: string;
  /** Where people reach the web, for links. */
  origin: () => string;
  health?: () => Health;
  /** Absent: no copies are made (tests). */
  copiesAfter?: CopiesAfter;
  /** Absent: nothing is told (tests). */
  notices?: Notices;
  /** Absent: no copies are made (tests). */
  desk?: Desk;
  /** The company's own sign-in service, where one is set. */
  oidc?: OutsideSignIn;
  versions?: Versions;
  /** The made-up company beside the register, where a browser can reach it. */
  beside?: Beside;
  /** This register is a made-up company itself. */
  demo?: Visits;
  /** Where people reach their own cards; absent: by the link alone, at the address of the web (tests). */
  ownCards?: OwnCardPlace;
  /** Absent: nobody watches the disk (tests). */
  disk?: DiskWatch;
  /** Lines of JSON; absent: nothing is written (tests). */
  log?: AccessLog;
  /** Folder of the built web; absent or empty: the API alone. */
  web?: string;
};

export type App = { app: FastifyInstance; served: readonly Contract[]; search: SearchKeeper; prover: Prover };

export async function buildApp(parts: AppParts): Promise<App> {
  const { gate, actors, version, https = false } = parts;
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => newId(),
    trustProxy: trustOf(parts),
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 100 },
    frameworkErrors: (_, __, reply) => {
      reply.raw.statusCode = 404;
      reply.raw.end();
    },
    ...logRequests(parts.log),
  });
  app.removeContentTypeParser("text/plain");
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest("caller", null);
  answerProblems(app, { gate, languageOf: actors.languageOf });
  await secure(app, { https });
  writeAccess(app);
  const { disk } = parts;
  if (disk) refuseWrites(app, disk);
  await describeApi(app, version);

  const served: Contract[] = [];
  const search = searchKeeper(gate);
  const prover = openProver(gate, { drilled: parts.desk?.drilled ?? false });
  await app.register(async (api) => {
    const serve = serveOn(api, { gate, callerOf: actors.callerOf, kinds, served });
    const { origin, copiesAfter = () => [], ownCards = { origin, byMail: () => false } } = parts;
    serveAll(serve, {
      gate,
      actors,
      search,
      prover,
      origin,
      copiesAfter,
      notices: parts.notices,
      desk: parts.desk,
      oidc: parts.oidc,
      versions: parts.versions,
      beside: parts.beside,
      visits: parts.demo,
      ownCards,
    });
    const demo = parts.demo ? ("this" as const) : parts.beside ? ("offered" as const) : ("none" as const);
    serve(readCondition, async () => ({ disk: disk?.now().state ?? "ok", demo }));
  });
  serveHealth(app, parts.health ?? (() => ({ status: "ok", version })));
  if (parts.web !== undefined) await serveWeb(app, parts.web);
  else app.setNotFoundHandler(async () => Promise.reject(notFound()));
  await app.ready();
  return { app, served, search, prover };
}
