// Where in each example the things stand that are asked about. What an example lacks is added under the same id.
import type { ExampleId, ServiceId } from "./questions.ts";

/** `system`: holds the data or serves; absent for those who only get it. `host`: the processor, where somebody else runs it. */
type Place = { system?: string; host: string };
export type Places = Record<ServiceId, Place> & {
  /** The helper that relays the program's own notices: as the mail is. */
  relay: string | null;
  /** What an accountant gets. */
  toAccountant: string;
  /** The role of those who meet customers, and of those who look after what they are owed. */
  meets: string;
  owed: string;
};

export const places: Readonly<Record<ExampleId, Places>> = {
  walttia: {
    machine: { system: "erp", host: "erpProvider" },
    invoicing: { system: "invoicing", host: "invoicingProvider" },
    mail: { system: "mailbox", host: "mailProvider" },
    accountant: { host: "accountingOffice" },
    copies: { system: "backupDisk", host: "backupHost" },
    relay: "noticeRelay",
    toAccountant: "toAccountant",
    meets: "marketing",
    owed: "administration",
  },
  pyorapaja: {
    machine: { system: "register", host: "machineHost" },
    invoicing: { system: "invoicing", host: "invoicingHost" },
    mail: { system: "mailbox", host: "mailHost" },
    accountant: { host: "bookkeeper" },
    copies: { system: "backupServer", host: "backupHost" },
    relay: "mailRelay",
    toAccountant: "toBookkeeper",
    meets: "sales",
    owed: "administration",
  },
  valokuvaamo: {
    machine: { system: "studioRegister", host: "machineHost" },
    invoicing: { system: "invoicing", host: "invoicingHost" },
    mail: { system: "mailbox", host: "mailHost" },
    accountant: { host: "bookkeeper" },
    copies: { system: "backupDisk", host: "backupHost" },
    relay: null,
    toAccountant: "toBookkeeper",
    meets: "photographer",
    owed: "photographer",
  },
};
