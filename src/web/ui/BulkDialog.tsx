import { Button, Group, Modal, Progress, Stack, Text } from "@mantine/core";
import { IconCheck, IconCircleDashed, IconMinus, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { ProblemError } from "../../api/call.ts";
import { useProblemSentence } from "../words/problemSentence.ts";
import { useWords } from "../words/words.tsx";
import { type Foretold, foretell, type Outcome, runOneByOne } from "./bulk.ts";
import { type Column, DataTable } from "./DataTable.tsx";
import { StateMark } from "./StateMark.tsx";

export type BulkRow = { key: string; what: string; amount: string };
type Props = {
  title: string;
  rows: readonly BulkRow[];
  onClose: () => void;
  confirm: string;
  /** What is asked before it begins (a day). */
  children?: ReactNode;
  ready?: boolean;
  /** What would happen to a row; a problem that it throws is told as the reason why nothing will. Asked anew when `about` changes. */
  look: (key: string) => Promise<Foretold>;
  about?: string;
  /** Does one row; the same `once` again does nothing twice. */
  act: (key: string, once: string) => Promise<string>;
};

/** A deed on many: what will happen to each and why not, then each by itself with its outcome. */
export function BulkDialog({ title, rows, onClose, confirm, children, ready = true, look, about = "", act }: Props) {
  const { t } = useWords();
  const sentence = useProblemSentence();
  const client = useQueryClient();
  const [told, setTold] = useState<ReadonlyMap<string, Foretold>>(new Map());
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [running, setRunning] = useState(false);
  const stop = useRef(false);
  const onces = useRef(new Map<string, string>());
  const why = (error: unknown): string =>
    error instanceof ProblemError ? sentence(error.code, error.facts) : t("bulk.unknown");

  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at when the dialog opens and when what is asked changes; the functions are new at every drawing.
  useEffect(() => {
    let over = false;
    setTold(new Map());
    const careful = (key: string) => look(key).catch((error): Foretold => ({ will: false, text: why(error) }));
    const keys = rows.map(({ key }) => key).filter((key) => outcomes.get(key)?.state !== "done");
    void foretell(
      keys,
      careful,
      (key, one) => !over && setTold((before) => new Map(before).set(key, one)),
      () => over,
    );
    return () => {
      over = true;
    };
  }, [about]);

  const todo = rows.filter(({ key }) => told.get(key)?.will && outcomes.get(key)?.state !== "done");
  const looked = rows.every(({ key }) => told.has(key) || outcomes.has(key));
  const done = rows.filter(({ key }) => outcomes.get(key)?.state === "done").length;
  const refused = rows.filter(({ key }) => outcomes.get(key)?.state === "refused").length;
  const begun = outcomes.size > 0;

  const run = async () => {
    stop.current = false;
    setRunning(true);
    const careful = async (key: string): Promise<Outcome> => {
      const asked = `${key} ${about}`;
      const once = onces.current.get(asked) ?? crypto.randomUUID();
      onces.current.set(asked, once);
      return act(key, once).then(
        (text) => ({ state: "done", text }),
        (error) => ({ state: "refused", text: why(error) }),
      );
    };
    await runOneByOne(
      todo.map(({ key }) => key),
      careful,
      (key, one) => setOutcomes((before) => new Map(before).set(key, one)),
      () => stop.current,
    );
    setRunning(false);
    await client.invalidateQueries();
  };
  const close = () => {
    stop.current = true;
    onClose();
  };
  const columns: Column<BulkRow>[] = [
    { head: t("bulk.what"), width: "40%", cell: ({ what }) => what },
    { head: t("bulk.amount"), align: "end", cell: ({ amount }) => amount },
    {
      head: t("bulk.outcome"),
      prose: true,
      cell: ({ key }) => <RowState told={told.get(key)} outcome={outcomes.get(key)} />,
    },
  ];
  return (
    <Modal opened onClose={close} title={title} size="xl" closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="md">
        {!begun && children}
        <DataTable label={title} columns={columns} rows={rows} keyOf={({ key }) => key} />
        {(running || begun) && (
          <Progress
            value={(100 * (done + refused)) / Math.max(1, done + refused + (running ? todo.length : 0))}
            aria-label={t("bulk.progress")}
          />
        )}
        <Text size="sm" role="status">
          {begun
            ? t("bulk.told", { done, refused, left: todo.length })
            : looked
              ? t("bulk.foretold", { will: todo.length, not: rows.length - todo.length })
              : t("bulk.looking")}
        </Text>
        <Group gap="xs">
          {running ? (
            <Button
              variant="default"
              onClick={() => {
                stop.current = true;
              }}
            >
              {t("bulk.stop")}
            </Button>
          ) : (
            <>
              {todo.length > 0 && (
                <Button onClick={() => void run()} disabled={!looked || !ready}>
                  {begun ? t("bulk.again", { count: todo.length }) : confirm}
                </Button>
              )}
              <Button variant="default" onClick={close}>
                {begun ? t("close") : t("cancel")}
              </Button>
            </>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function RowState({ told, outcome }: { told: Foretold | undefined; outcome: Outcome | undefined }) {
  const { t } = useWords();
  if (outcome)
    return (
      <>
        <StateMark
          tone={outcome.state === "done" ? "good" : "trouble"}
          icon={outcome.state === "done" ? IconCheck : IconX}
        >
          {t(`bulk.${outcome.state}`)}
        </StateMark>{" "}
        {outcome.text}
      </>
    );
  if (!told) return t("bulk.looking");
  return (
    <>
      <StateMark tone={told.will ? "told" : "plain"} icon={told.will ? IconCircleDashed : IconMinus}>
        {t(told.will ? "bulk.will" : "bulk.not")}
      </StateMark>{" "}
      {told.text}
    </>
  );
}
