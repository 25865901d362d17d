// Small signs in a square of sixteen, drawn in one line width. They stand beside words or for them; shape tells what colour would.
import type { ChannelKind, SourceKind, SystemKind } from "../../description/terms.ts";
import type { EndKind } from "./model.ts";

const envelope = "M2 4h12v8.5H2zM2 4.5l6 4.5 6-4.5";
const bubble = "M2 3h12v7.5H8L4.5 13.5v-3H2z";
const handset =
  "M4 2.5l2 3-1.3 1.6a8 8 0 0 0 4.2 4.2L10.5 10l3 2-.8 1.7c-.4.4-1 .6-1.5.4A14 14 0 0 1 1.9 4.8c-.2-.5 0-1.1.4-1.5z";
const paper = "M4 1.5h5.5l3 3v10H4zM9.5 1.5v3h3M6 8h4.5M6 10.5h4.5";
const person = "M8 2.3a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2M2.8 14c.3-3 2.3-4.6 5.2-4.6s4.9 1.6 5.2 4.6";
const people =
  "M6 2.8a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6M1.5 13.5c.2-2.6 1.9-4 4.5-4s4.3 1.4 4.5 4M10.5 3a2.2 2.2 0 0 1 0 4.3M12 9.7c1.6.5 2.5 1.8 2.6 3.8";
const building = "M3 14V2.5h7V14M10 6.5h3.5V14M1.5 14h13M5 5h1M7.5 5h.5M5 8h1M7.5 8h.5M5 11h1M7.5 11h.5";
const columns = "M2 6l6-3.5L14 6zM3.5 6.5v5.5M6.5 6.5v5.5M9.5 6.5v5.5M12.5 6.5v5.5M2 13.5h12";
const lock = "M3.5 7h9v7h-9zM5.5 7V5a2.5 2.5 0 0 1 5 0v2M8 10v1.5";
const hand =
  "M5 8.5V4a1 1 0 0 1 2 0v3.5M7 7V3a1 1 0 0 1 2 0v4M9 7V3.7a1 1 0 0 1 2 0V8M11 7.5a1 1 0 0 1 2 0v2.5c0 2.6-1.6 4.5-4.2 4.5-2.2 0-3.2-1-4.2-3L3 8.8a1 1 0 0 1 1.7-1L5 8.5";

export const SOURCES: Readonly<Record<SourceKind, string>> = {
  email: envelope,
  meeting: people,
  webForm: "M2 2.5h12v11H2zM4.5 5.5h7M4.5 8h7M4.5 10.5h4",
  raffle:
    "M2.5 6.5h11v7.5h-11zM1.8 4h12.4v2.5H1.8zM8 4v10M8 4C6 4 4.5 3.3 4.8 2.2S7.5 1.8 8 4c.5-2.2 2.9-2.9 3.2-1.8S10 4 8 4",
  phone: handset,
  referral:
    "M6 3a2.3 2.3 0 1 1 0 4.6A2.3 2.3 0 0 1 6 3M1.5 13.5c.2-2.6 1.9-4 4.5-4 1.2 0 2.2.3 3 .8M10 12h4.5M12.5 10l2 2-2 2",
  event: "M2 3.5h12v10.5H2zM2 6.5h12M5 1.8v3M11 1.8v3",
  letter: paper,
  message: bubble,
  publicRegister: columns,
  partner: building,
  import: "M2.5 9.5V14h11V9.5M8 2v8.5M5 7.5l3 3 3-3",
  ownCard:
    "M1.8 3.2h12.4v9.6H1.8zM5.2 9a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2M3.2 11c.3-1 1-1.5 2-1.5s1.7.5 2 1.5M9.5 6.5h3M9.5 9h3",
};

export const SYSTEMS: Readonly<Record<SystemKind, string>> = {
  builtIn:
    "M2.5 4c0-1.2 2.5-2 5.5-2s5.5.8 5.5 2-2.5 2-5.5 2-5.5-.8-5.5-2zM2.5 4v8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2V4M2.5 8c0 1.2 2.5 2 5.5 2s5.5-.8 5.5-2",
  connected: "M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.3 2.9 2.9 0 0 1-.4 5.7z",
  paper: "M1.8 4h4.7l1.5 1.8h6.2v7.7H1.8z",
  carried: "M2 5.5h12v8H2zM5.5 5.5V3h5v2.5M2 9h12",
  helper: "M8 1.8l5.2 2v4c0 3.2-2.2 5.3-5.2 6.5-3-1.2-5.2-3.3-5.2-6.5v-4zM5.8 8l1.6 1.6 3-3.2",
};

export const ENDS: Readonly<Record<EndKind, string>> = {
  subject: person,
  processor: building,
  recipient: building,
  staff: people,
};

export const CHANNELS: Readonly<Record<ChannelKind, string>> = {
  internal: "M3 4l4 4-4 4M8.5 4l4 4-4 4",
  email: envelope,
  secureMail: lock,
  sms: bubble,
  letter: paper,
  byHand: hand,
  phone: handset,
  portal: lock,
  api: "M5.5 4l-4 4 4 4M10.5 4l4 4-4 4",
};
