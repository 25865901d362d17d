import { Button } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ProblemError } from "../../api/call.ts";
import { Asked } from "../ui/Asked.tsx";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Working } from "../ui/Working.tsx";
import { useWords } from "../words/words.tsx";
import { Specimen } from "./Specimen.tsx";

const lost = new ProblemError({ code: "serverLost", status: 0, facts: {} });
const refused = new ProblemError({
  code: "notFound",
  status: 403,
  facts: {},
  place: "description.yaml:84 customers.sales",
});
const nothing = () => undefined;

/** What a page says while it asks, and what came of it. */
export function Answers() {
  const { t } = useWords();
  const coming = useQuery({ queryKey: ["parts", "coming"], queryFn: () => new Promise<string>(nothing) });
  const failed = useQuery({
    queryKey: ["parts", "failed"],
    queryFn: () => Promise.reject<string>(refused),
    retry: false,
  });
  const come = useQuery({ queryKey: ["parts", "come"], queryFn: () => Promise.resolve("…") });
  return (
    <>
      <Specimen name="Asked, coming">
        <Asked answer={coming} rows={3}>
          {(text) => text}
        </Asked>
      </Specimen>
      <Specimen name="Asked, refused">
        <Asked answer={failed}>{(text) => text}</Asked>
      </Specimen>
      <Specimen name="Asked, come">
        <Asked answer={come}>{() => t("copied")}</Asked>
      </Specimen>
      <Specimen name="Loading">
        <Loading rows={2} height={40} />
      </Specimen>
      <Specimen name="Working">
        <Working>{t("loading")}</Working>
      </Specimen>
      <Specimen name="ProblemAlert, server lost, typed">
        <ProblemAlert problem={lost} typed retry={nothing} />
      </Specimen>
      <Specimen name="ProblemAlert, unknown">
        <ProblemAlert problem={new Error("unknown")} />
      </Specimen>
      <Specimen name="Empty">
        <Empty icon={IconUsers} title={t("customers.none")} action={<Button>{t("customers.new")}</Button>}>
          {t("customers.noneText")}
        </Empty>
      </Specimen>
      <Specimen name="Empty, title only">
        <Empty icon={IconUsers} title={t("customers.noneFound")} />
      </Specimen>
    </>
  );
}
