// Every contract there is, for those who ask without a server: which of them the description in force uses.
import type { Contract } from "../api/contract.ts";
import * as backup from "../backup/contract.ts";
import * as notices from "../channels/notices/contract.ts";
import * as oidc from "../channels/oidc/contract.ts";
import * as flows from "../flows/contract.ts";
import * as form from "../intake/form/contract.ts";
import * as proofs from "../proofs/contract.ts";
import * as picture from "../proofs/picture/contract.ts";
import * as customers from "../registers/customers/contract.ts";
import * as corrections from "../registers/customers/corrections/contract.ts";
import * as evidence from "../registers/evidence/contract.ts";
import * as invoices from "../registers/invoices/contract.ts";
import * as permissions from "../registers/permissions/contract.ts";
import * as requests from "../registers/requests/contract.ts";
import * as staff from "../registers/staff/contract.ts";
import * as signIn from "../registers/staff/signIn/contract.ts";
import * as views from "../registers/staff/views/contract.ts";
import * as why from "../registers/staff/why/contract.ts";
import * as retention from "../retention/contract.ts";
import * as certificates from "../rights/certificates/contract.ts";
import * as rights from "../rights/contract.ts";
import * as ownCard from "../rights/ownCard/contract.ts";
import * as staffData from "../rights/staff/contract.ts";
import * as news from "../rights/staff/news/contract.ts";
import * as versions from "../versions/contract.ts";
import * as start from "../versions/start/contract.ts";
import * as wayOut from "../wayOut/contract.ts";
import * as server from "./contract.ts";
import * as demo from "./demo/contract.ts";
import * as keys from "./keys/contract.ts";

const isContract = (value: unknown): value is Contract =>
  typeof value === "object" && value !== null && "act" in value && "method" in value && "path" in value;

export const contracts: readonly Contract[] = [
  customers,
  corrections,
  invoices,
  permissions,
  requests,
  flows,
  rights,
  ownCard,
  staffData,
  news,
  certificates,
  retention,
  evidence,
  staff,
  signIn,
  views,
  why,
  oidc,
  proofs,
  picture,
  form,
  versions,
  start,
  wayOut,
  notices,
  backup,
  keys,
  demo,
  server,
]
  .flatMap((module) => Object.values<unknown>(module))
  .filter(isContract);
