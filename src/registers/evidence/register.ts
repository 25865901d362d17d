import { OWNED } from "../../gate/owned.ts";
import { neverDue, type Register, sealing } from "../register.ts";

export const evidence: Register = {
  ...neverDue,
  ...sealing("evidence"),
  name: "evidence",
  tables: OWNED.evidence,
  apart: {
    subject: "an id and nothing else: what sealing and erasing lock",
    audit_event:
      "who did what to whom, without a value; told in the access package by itself, kept as proof of the erasure",
    erasure_certificate: "that it was erased, without saying what it was: the proof outlives the data",
    erasure_ledger: "what was erased, without saying what it was: a restore replays it",
  },
  exportOf: async () => [],
  eraseOf: async () => [],
};
