import { isUuid } from "../../values/Uuid.ts";

export const certificateSearch = ({ subject }: Record<string, unknown>): { subject?: string } =>
  typeof subject === "string" && isUuid(subject) ? { subject } : {};
