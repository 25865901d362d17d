import { getRouteApi } from "@tanstack/react-router";
import { type PersonRequest, printRequest, readRequest } from "../../registers/requests/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Page } from "../ui/Page.tsx";
import { PrintLink } from "../ui/PrintLink.tsx";
import { useWords } from "../words/words.tsx";
import { CaseAnswer } from "./CaseAnswer.tsx";
import { CaseDeadline } from "./CaseDeadline.tsx";
import { CaseHeld } from "./CaseHeld.tsx";
import { CaseHistory } from "./CaseHistory.tsx";
import { CaseIdentity } from "./CaseIdentity.tsx";
import { CaseTasks } from "./CaseTasks.tsx";

const route = getRouteApi("/inside/requests/case/$id");

/** One request from the letter to its proof: who asks, what we hold, what is on paper, the answer, the end. */
export function CasePage() {
  const { t, sentence, language } = useWords();
  const { id } = route.useParams();
  const answer = useAsk(readRequest, { params: { id }, query: { language } }, { keepPrevious: true });
  const { data } = answer;
  return (
    <Page
      title={data ? (data.name ?? t("requests.nameGone")) : t("case.title")}
      tab={t("case.title")}
      lead={data && sentence("rights", `request.right.${data.right}`)}
      back={{ to: "/requests", label: t("requests.title") }}
      actions={data && <PrintLink path={printRequest.path} params={{ id }} />}
    >
      <Asked answer={answer} rows={12}>
        {(request) => <Steps request={request} />}
      </Asked>
    </Page>
  );
}

function Steps({ request }: { request: PersonRequest }) {
  return (
    <>
      <CaseDeadline request={request} />
      <CaseIdentity request={request} />
      <CaseHeld request={request} />
      <CaseTasks request={request} />
      <CaseAnswer request={request} />
      <CaseHistory request={request} />
    </>
  );
}
