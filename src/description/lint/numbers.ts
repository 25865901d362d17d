// Numbers of the companies' own that carry a check digit: a typing mistake here would be printed on every invoice.
import { isBusinessId, normaliseBusinessId } from "../../values/BusinessId.ts";
import { isIban } from "../../values/Iban.ts";
import { UNKNOWN } from "../terms.ts";
import { error, type Lint } from "./issue.ts";

export const numbers: Lint = function* (d) {
  const businessIds = [
    { path: ["controller", "businessId"], value: d.controller.businessId },
    ...Object.entries(d.processors).map(([id, { businessId }]) => ({
      path: ["processors", id, "businessId"],
      value: businessId,
    })),
    ...Object.entries(d.jointControllers).map(([id, { businessId }]) => ({
      path: ["jointControllers", id, "businessId"],
      value: businessId,
    })),
  ];
  for (const { path, value } of businessIds)
    if (value !== undefined && value !== UNKNOWN && !isBusinessId(normaliseBusinessId(value)))
      yield error("businessId", path);
  const { iban } = d.controller;
  if (iban !== undefined && iban !== UNKNOWN && !isIban(iban.replace(/\s/g, "").toUpperCase()))
    yield error("iban", ["controller", "iban"]);
};
