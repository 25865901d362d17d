import { invalid } from "./problem.ts";

declare const businessIdBrand: unique symbol;

/** A Finnish business id (Y-tunnus) "1234567-8", checked. */
export type BusinessId = string & { readonly [businessIdBrand]: true };

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2];

/** True for seven digits, hyphen and the right check digit. A remainder of 1 was never issued, nor was 0000000-0. */
export function isBusinessId(text: string): text is BusinessId {
  if (!/^\d{7}-\d$/.test(text) || text === "0000000-0") return false;
  const remainder = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0) % 11;
  return remainder !== 1 && Number(text[8]) === (remainder === 0 ? 0 : 11 - remainder);
}

/** Spaces away, any dash as a hyphen, and the leading zero back that old six-digit ids and spreadsheets have lost. */
export function normaliseBusinessId(text: string): string {
  const bare = text.replace(/\s/g, "").replace(/[\u2010-\u2015\u2212]/g, "-");
  return /^\d{6}-\d$/.test(bare) ? `0${bare}` : bare;
}

/** @throws Problem `invalid.businessId` */
export function parseBusinessId(text: string): BusinessId {
  const normal = normaliseBusinessId(text);
  if (!isBusinessId(normal)) throw invalid("businessId");
  return normal;
}

/** The VAT id the business id would have, "FI26438211". That it is registered for VAT is another matter and asked from the register. */
export function vatIdOf(businessId: BusinessId): string {
  return `FI${businessId.replace("-", "")}`;
}

/** The business id inside a Finnish VAT id. @throws Problem `invalid.vatId` */
export function businessIdOfVatId(text: string): BusinessId {
  const found = /^FI(\d{7})(\d)$/i.exec(text.replace(/\s/g, ""));
  const businessId = found ? `${found[1]}-${found[2]}` : "";
  if (!isBusinessId(businessId)) throw invalid("vatId");
  return businessId;
}

export function isVatId(text: string): boolean {
  const found = /^FI(\d{7})(\d)$/.exec(text);
  return found !== null && isBusinessId(`${found[1]}-${found[2]}`);
}

/** The e-invoice address (OVT, ISO 6523 0037): 0037, the business id without hyphen, and at most five characters naming a unit. @throws Problem `invalid.ovt` */
export function ovtOf(businessId: BusinessId, unit = ""): string {
  const ovt = `0037${businessId.replace("-", "")}${unit}`;
  if (!isOvt(ovt)) throw invalid("ovt");
  return ovt;
}

export function isOvt(text: string): boolean {
  const found = /^0037(\d{7})(\d)[0-9A-Z]{0,5}$/.exec(text);
  return found !== null && isBusinessId(`${found[1]}-${found[2]}`);
}
