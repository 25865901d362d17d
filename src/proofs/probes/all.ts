import type { ControlName } from "../../description/terms.ts";
import type { Probe } from "../scene.ts";
import { accessByRole, categoriesByRole, purposeByRole } from "./access.ts";
import { declaredSources, identityCodeGround, sealedValues } from "./collecting.ts";
import { restoreDrill } from "./drill.ts";
import { auditBeforeAnswer, consentRecorded, ownPassword, restrictionHides, systemsRisk } from "./keeping.ts";
import { declaredFlows, secureChannel } from "./moving.ts";
import { ownCardProbe } from "./ownCard.ts";
import { requestsInTime } from "./requests.ts";
import { accessPackageProbe, erasureOnRequest, retentionRun } from "./rights.ts";
import { twoFactors } from "./twoFactors.ts";

/** A probe for every control there is; TypeScript asks for the one that is missing. */
export const probes: Record<ControlName, Probe> = {
  accessByRole,
  categoriesByRole,
  purposeByRole,
  declaredSources,
  declaredFlows,
  secureChannel,
  sealedValues,
  auditBeforeAnswer,
  identityCodeGround,
  consentRecorded,
  accessPackage: accessPackageProbe,
  erasureOnRequest,
  retentionRun,
  restrictionHides,
  ownPassword,
  systemsRisk,
  restoreDrill,
  requestsInTime,
  ownCard: ownCardProbe,
  twoFactors,
};
