// Every module's routes, one line each.
import type { Actors } from "../actors/actors.ts";
import type { Serve } from "../api/serve.ts";
import type { Desk } from "../backup/desk.ts";
import { backupRoutes } from "../backup/routes.ts";
import type { Notices } from "../channels/notices/notices.ts";
import { noticeRoutes } from "../channels/notices/routes.ts";
import { type OutsideSignIn, outsideNow, outsideRoutes } from "../channels/oidc/routes.ts";
import type { InForce } from "../description/inForce.ts";
import type { Description } from "../description/schema.ts";
import { flowRoutes } from "../flows/routes.ts";
import type { Gate } from "../gate/gate.ts";
import type { CustomerData } from "../gate/owned.ts";
import { documentNow } from "../proofs/documents.ts";
import { narrowPicture, pictureRoutes } from "../proofs/picture/routes.ts";
import type { Prover } from "../proofs/prove.ts";
import { proofRoutes } from "../proofs/routes.ts";
import { correctionRoutes } from "../registers/customers/corrections/routes.ts";
import { orderRoutes } from "../registers/customers/orders/routes.ts";
import { customerRoutes } from "../registers/customers/routes.ts";
import type { SearchKeeper } from "../registers/customers/search/store.ts";
import { evidenceRoutes } from "../registers/evidence/routes.ts";
import { invoiceRoutes } from "../registers/invoices/routes.ts";
import { permissionRoutes } from "../registers/permissions/routes.ts";
import { requestRoutes } from "../registers/requests/routes.ts";
import { staffRoutes } from "../registers/staff/routes.ts";
import { signInRoutes } from "../registers/staff/signIn/routes.ts";
import { viewRoutes } from "../registers/staff/views/routes.ts";
import { whyRoutes } from "../registers/staff/why/routes.ts";
import { retentionRoutes } from "../retention/routes.ts";
import type { CopiesAfter } from "../rights/certificates/issue.ts";
import { certificateRoutes } from "../rights/certificates/routes.ts";
import { type OwnCardPlace, ownCardRoutes } from "../rights/ownCard/routes.ts";
import { rightsRoutes } from "../rights/routes.ts";
import { newsRoutes } from "../rights/staff/news/routes.ts";
import { staffDataRoutes } from "../rights/staff/routes.ts";
import { versionRoutes } from "../versions/routes.ts";
import { startRoutes } from "../versions/start/routes.ts";
import type { TrialParts } from "../versions/trial.ts";
import { wayOutRoutes } from "../wayOut/routes.ts";
import { contracts } from "./contracts.ts";
import type { Beside } from "./demo/beside.ts";
import { demoRoutes } from "./demo/routes.ts";
import type { Visits } from "./demo/visits.ts";
import { keyRoutes } from "./keys/routes.ts";

/** Registers of customers' data, in the order in which rights and retention walk them. */
export const kinds: readonly CustomerData[] = ["customers", "invoices"];

type Parts = {
  gate: Gate;
  actors: Actors;
  search: SearchKeeper;
  prover: Prover;
  origin: () => string;
  copiesAfter: CopiesAfter;
  notices?: Notices | undefined;
  desk?: Desk | undefined;
  oidc?: OutsideSignIn | undefined;
  versions?: Versions | undefined;
  beside?: Beside | undefined;
  visits?: Visits | undefined;
  ownCards: OwnCardPlace;
};

/** Who keeps the description in force; absent: it cannot be changed at the screen (tests). */
export type Versions = {
  takeForce: (force: InForce) => void;
  /** Throws where the settings name something that the description does not declare. */
  expect?: ((description: Description) => void) | undefined;
};

export function serveAll(
  serve: Serve,
  { gate, actors, search, prover, origin, copiesAfter, notices, desk, oidc, versions, beside, visits, ownCards }: Parts,
): void {
  customerRoutes(serve, gate, search, actors.names);
  correctionRoutes(serve, gate);
  orderRoutes(serve);
  invoiceRoutes(serve);
  permissionRoutes(serve, gate);
  requestRoutes(serve, gate, actors.names);
  flowRoutes(serve, gate);
  staffRoutes(serve, gate, actors, origin);
  signInRoutes(serve, gate, actors, outsideNow(gate, oidc));
  outsideRoutes(serve, gate, actors, oidc);
  viewRoutes(serve, gate);
  whyRoutes(serve, gate);
  evidenceRoutes(serve, gate, actors.names);
  proofRoutes(serve, gate, prover, contracts);
  pictureRoutes(serve, gate);
  if (versions) {
    const print: TrialParts["print"] = async (under, kind, language) =>
      documentNow({ gate: under, proofs: await prover.last(), served: contracts }, kind, language);
    versionRoutes(serve, { ...versions, gate, names: actors.names, print });
    startRoutes(serve, { gate, print, draw: narrowPicture });
  }
  rightsRoutes(serve, gate);
  ownCardRoutes(serve, gate, ownCards);
  staffDataRoutes(serve, gate);
  newsRoutes(serve, gate);
  certificateRoutes(serve, gate, copiesAfter);
  retentionRoutes(serve, gate, actors.names);
  wayOutRoutes(serve, gate);
  keyRoutes(serve, gate);
  noticeRoutes(serve, notices);
  backupRoutes(serve, desk);
  demoRoutes(serve, { gate, beside, visits, origin });
}
