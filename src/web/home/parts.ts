// What the home page is made of: who sees each part, and what it asks for.
import type { ComponentType } from "react";
import { RequestedRight } from "../../description/terms.ts";
import { categoryOf, type Labels } from "../customers/draft.ts";
import { DemoOffer } from "../demo/DemoOffer.tsx";
import { client } from "../session/client.ts";
import { labelsIn } from "../session/labels.ts";
import { type May, mayOf, session } from "../session/me.ts";
import { purposeNow } from "../session/purpose.ts";
import { askEarly } from "../session/server.ts";
import { AwaitingAnswer, awaitingAnswer } from "./AwaitingAnswer.tsx";
import { CorrectionsWaiting, corrections } from "./CorrectionsWaiting.tsx";
import { Duties, duties } from "./Duties.tsx";
import { EndingConsents, endingConsents } from "./EndingConsents.tsx";
import {
  EndingWarranties,
  endingWarranties,
  OpenOrders,
  OrdersToInvoice,
  openOrders,
  ordersToInvoice,
} from "./OrdersWaiting.tsx";
import { OwnRole } from "./OwnRole.tsx";
import { openRequests, RequestsWaiting } from "./RequestsWaiting.tsx";
import { StartOffer } from "./StartOffer.tsx";
import { UnpaidInvoices, unpaidInvoices } from "./UnpaidInvoices.tsx";

type Part = {
  Part: ComponentType;
  shown: (may: May, labels: Labels | undefined) => boolean;
  asks?: (may: May) => void;
  /** Stands there only while there is something to say: a page of nothing else would be empty. */
  quiet?: true;
};

const answers = (may: May) => may("read customers") && may("change customers");
const seesInvoices = (may: May) => may("read invoices");
const seesOrders = (may: May, labels: Labels | undefined) =>
  labels !== undefined && may(`read customers ${categoryOf(labels, "orders")}`);

const parts: Readonly<Record<string, Part>> = {
  startOffer: { Part: StartOffer, shown: (may) => may("keeps description change"), quiet: true },
  ownRole: { Part: OwnRole, shown: (may) => may("keeps accounts change"), quiet: true },
  demoOffer: { Part: DemoOffer, shown: (may) => may("keeps accounts change"), quiet: true },
  duties: {
    Part: Duties,
    shown: (may) => Object.values(duties).some(({ act }) => may(act)),
    asks: (may) => {
      if (may(duties.due.act)) askEarly(...duties.due.ask);
      if (may(duties.copies.act)) askEarly(...duties.copies.ask);
      if (may(duties.proofs.act)) askEarly(...duties.proofs.ask);
    },
  },
  awaitingAnswer: { Part: AwaitingAnswer, shown: answers, asks: () => askEarly(...awaitingAnswer), quiet: true },
  requestsWaiting: {
    Part: RequestsWaiting,
    shown: (may) => RequestedRight.options.some((right) => may(`right ${right}`)),
    asks: () => askEarly(...openRequests),
  },
  correctionsWaiting: { Part: CorrectionsWaiting, shown: answers, asks: () => askEarly(...corrections), quiet: true },
  endingConsents: {
    Part: EndingConsents,
    shown: (may) => may("read customers"),
    asks: () => askEarly(...endingConsents),
    quiet: true,
  },
  ordersToInvoice: {
    Part: OrdersToInvoice,
    shown: (may, labels) => seesOrders(may, labels) && seesInvoices(may) && may("flow customers invoices"),
    asks: () => askEarly(...ordersToInvoice),
  },
  openOrders: { Part: OpenOrders, shown: seesOrders, asks: () => askEarly(...openOrders) },
  unpaidInvoices: { Part: UnpaidInvoices, shown: seesInvoices, asks: () => askEarly(...unpaidInvoices) },
  endingWarranties: {
    Part: EndingWarranties,
    shown: seesOrders,
    asks: () => askEarly(...endingWarranties),
    quiet: true,
  },
};

/** By name, in the order of the page. */
export const partsFor = (may: May, labels: Labels | undefined): [string, Part][] =>
  Object.entries(parts).filter(([, { shown }]) => shown(may, labels));

/** Asks for all that the page will show as soon as it is known who looks: the answers come while it is drawn. Nobody signed in: nothing is asked. */
export async function askHome(): Promise<void> {
  const me = await client.ensureQueryData(session);
  const labels = await client.ensureQueryData(labelsIn(me.language));
  const may = mayOf(me, purposeNow());
  for (const [, { asks }] of partsFor(may, labels)) asks?.(may);
}
