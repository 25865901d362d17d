// All registers. Rights and retention walk this list and name no table; a test holds it against the catalog of the database.
import type { CustomerData } from "../gate/owned.ts";
import { customers } from "./customers/register.ts";
import { evidence } from "./evidence/register.ts";
import { invoices } from "./invoices/register.ts";
import { ownCard } from "./ownCard/register.ts";
import { permissions } from "./permissions/register.ts";
import type { Register } from "./register.ts";
import { requests } from "./requests/register.ts";
import { staff } from "./staff/register.ts";

export const registers: readonly Register[] = [customers, invoices, permissions, requests, ownCard, staff, evidence];

/** The registers that hold what customers told, in the order in which they are walked. */
export const kinds: readonly CustomerData[] = ["customers", "invoices"];
