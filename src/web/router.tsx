// The addresses of the pages. Each page is fetched when first opened.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { certificateSearch } from "./certificates/search.ts";
import { listSearch } from "./customers/search.ts";
import { type Kind, kindOf } from "./description/kinds.ts";
import { eventSearch } from "./evidence/search.ts";
import { flowSearch } from "./flows/search.ts";
import { invoiceSearch } from "./invoices/views.ts";
import { type OrderView, orderViewOf } from "./orders/views.ts";
import { caseSearch } from "./requests/search.ts";
import { askAhead } from "./session/ahead.ts";
import { PageFailed } from "./shell/PageFailed.tsx";
import { Loading } from "./ui/Loading.tsx";

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: lazyRouteComponent(() => import("./shell/NotFound.tsx"), "NotFound"),
});
const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: lazyRouteComponent(() => import("./shell/Gate.tsx"), "Gate"),
  loader: askAhead,
  staleTime: Number.POSITIVE_INFINITY,
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./welcome/WelcomePage.tsx"), "WelcomePage"),
});
const signedIn = createRoute({
  getParentRoute: () => root,
  path: "/signed-in",
  component: lazyRouteComponent(() => import("./signIn/SignedInPage.tsx"), "SignedInPage"),
});
const demo = createRoute({
  getParentRoute: () => inside,
  path: "/demo",
  component: lazyRouteComponent(() => import("./demo/DemoPage.tsx"), "DemoPage"),
});
const home = createRoute({
  getParentRoute: () => inside,
  path: "/",
  loader: () => void import("./home/parts.ts").then(({ askHome }) => askHome()).catch(() => undefined),
  component: lazyRouteComponent(() => import("./home/HomePage.tsx"), "HomePage"),
});
const customers = createRoute({
  getParentRoute: () => inside,
  path: "/customers",
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import("./customers/CustomersPage.tsx"), "CustomersPage"),
});
const newCustomer = createRoute({
  getParentRoute: () => inside,
  path: "/customers/new",
  component: lazyRouteComponent(() => import("./customers/NewCustomerPage.tsx"), "NewCustomerPage"),
});
const customer = createRoute({
  getParentRoute: () => inside,
  path: "/customers/$id",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("./customers/CustomerPage.tsx"), "CustomerPage"),
});
const newOrder = createRoute({
  getParentRoute: () => inside,
  path: "/customers/$id/new-order",
  component: lazyRouteComponent(() => import("./orders/NewOrderPage.tsx"), "NewOrderPage"),
});
const orders = createRoute({
  getParentRoute: () => inside,
  path: "/orders",
  validateSearch: ({ view }): { view?: OrderView } => (view === undefined ? {} : { view: orderViewOf(view) }),
  component: lazyRouteComponent(() => import("./orders/OrdersPage.tsx"), "OrdersPage"),
});
const order = createRoute({
  getParentRoute: () => inside,
  path: "/orders/$id",
  component: lazyRouteComponent(() => import("./orders/OrderPage.tsx"), "OrderPage"),
});
const invoices = createRoute({
  getParentRoute: () => inside,
  path: "/invoices",
  validateSearch: invoiceSearch,
  component: lazyRouteComponent(() => import("./invoices/InvoicesPage.tsx"), "InvoicesPage"),
});
const invoice = createRoute({
  getParentRoute: () => inside,
  path: "/invoices/$id",
  component: lazyRouteComponent(() => import("./invoices/InvoicePage.tsx"), "InvoicePage"),
});
const requests = createRoute({
  getParentRoute: () => inside,
  path: "/requests",
  component: lazyRouteComponent(() => import("./requests/RequestsPage.tsx"), "RequestsPage"),
});
const request = createRoute({
  getParentRoute: () => inside,
  path: "/requests/$id",
  component: lazyRouteComponent(() => import("./requests/RequestPage.tsx"), "RequestPage"),
});
const newRequest = createRoute({
  getParentRoute: () => inside,
  path: "/requests/new",
  component: lazyRouteComponent(() => import("./requests/NewRequestPage.tsx"), "NewRequestPage"),
});
const requestCase = createRoute({
  getParentRoute: () => inside,
  path: "/requests/case/$id",
  component: lazyRouteComponent(() => import("./requests/CasePage.tsx"), "CasePage"),
});
const access = createRoute({
  getParentRoute: () => inside,
  path: "/requests/$id/access",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("./requests/AccessPage.tsx"), "AccessPage"),
});
const erasure = createRoute({
  getParentRoute: () => inside,
  path: "/requests/$id/erasure",
  validateSearch: caseSearch,
  component: lazyRouteComponent(() => import("./requests/ErasurePage.tsx"), "ErasurePage"),
});
const retention = createRoute({
  getParentRoute: () => inside,
  path: "/retention",
  component: lazyRouteComponent(() => import("./retention/RetentionPage.tsx"), "RetentionPage"),
});
const description = createRoute({
  getParentRoute: () => inside,
  path: "/description",
  validateSearch: ({ kind, from }): { kind?: Kind; from?: string } => ({
    ...(kind !== undefined && { kind: kindOf(kind) }),
    // Where one was when a fact was found missing: a page of this program, and nothing else.
    ...(typeof from === "string" && /^\/(orders|invoices)\/[\w-]+$/.test(from) && { from }),
  }),
  component: lazyRouteComponent(() => import("./description/DescriptionPage.tsx"), "DescriptionPage"),
});
const start = createRoute({
  getParentRoute: () => inside,
  path: "/start",
  validateSearch: ({ step }): { step?: string } => (typeof step === "string" ? { step } : {}),
  component: lazyRouteComponent(() => import("./start/StartPage.tsx"), "StartPage"),
});
const flows = createRoute({
  getParentRoute: () => inside,
  path: "/flows",
  validateSearch: flowSearch,
  component: lazyRouteComponent(() => import("./flows/FlowsPage.tsx"), "FlowsPage"),
});
const evidence = createRoute({
  getParentRoute: () => inside,
  path: "/evidence",
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import("./evidence/EvidencePage.tsx"), "EvidencePage"),
});
const log = createRoute({
  getParentRoute: () => inside,
  path: "/evidence/log",
  component: lazyRouteComponent(() => import("./evidence/LogPage.tsx"), "LogPage"),
});
const event = createRoute({
  getParentRoute: () => inside,
  path: "/evidence/$id",
  validateSearch: eventSearch,
  component: lazyRouteComponent(() => import("./evidence/EventPage.tsx"), "EventPage"),
});
const certificates = createRoute({
  getParentRoute: () => inside,
  path: "/certificates",
  validateSearch: certificateSearch,
  component: lazyRouteComponent(() => import("./certificates/CertificatesPage.tsx"), "CertificatesPage"),
});
const backups = createRoute({
  getParentRoute: () => inside,
  path: "/backups",
  component: lazyRouteComponent(() => import("./backups/BackupsPage.tsx"), "BackupsPage"),
});
const keys = createRoute({
  getParentRoute: () => inside,
  path: "/keys",
  component: lazyRouteComponent(() => import("./keys/KeysPage.tsx"), "KeysPage"),
});
const accounts = createRoute({
  getParentRoute: () => inside,
  path: "/accounts",
  component: lazyRouteComponent(() => import("./accounts/AccountsPage.tsx"), "AccountsPage"),
});
/** For whoever makes pages; a production build has no trace of it. */
const parts = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => inside,
        path: "/dev/parts",
        component: lazyRouteComponent(() => import("./dev/PartsPage.tsx"), "PartsPage"),
      }),
    ]
  : [];
const account = createRoute({
  getParentRoute: () => inside,
  path: "/account",
  component: lazyRouteComponent(() => import("./account/AccountPage.tsx"), "AccountPage"),
});
const lookedAfter = [
  invoices,
  invoice,
  requests,
  request,
  newRequest,
  requestCase,
  access,
  erasure,
  retention,
  description,
  start,
  flows,
  evidence,
  log,
  event,
  certificates,
  backups,
  keys,
  accounts,
  account,
  demo,
] as const;

const pages = [home, customers, newCustomer, customer, newOrder, orders, order, ...lookedAfter, ...parts] as const;

export const router = createRouter({
  routeTree: root.addChildren([welcome, signedIn, inside.addChildren(pages)]),
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageFailed,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
