import { Button, Group, Radio, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import { answerTask, answerTasks, type PersonRequest, type RequestTask } from "../../registers/requests/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { CaseStep } from "./CaseStep.tsx";

/** Paper, a carried calendar, the accountant: what the program cannot see, place by place. */
export function CaseTasks({ request }: { request: PersonRequest }) {
  const { t } = useWords();
  const { id, state, tasks, tasksOpen, identityMethod } = request;
  if (identityMethod === null) return null;
  const open = state === "identified";
  const rest = tasks.filter(({ found, cameThrough }) => found === null && !cameThrough);
  return (
    <CaseStep title={t("case.tasks")} state={tasksOpen > 0 && open ? "now" : "done"}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t(tasks.length === 0 ? "case.tasksNone" : "case.tasksText")}
        </Text>
        {tasks.map((task) => (
          <Task key={task.id} request={id} task={task} open={open} />
        ))}
        {tasksOpen > 1 && rest.length > 0 && open && <TheRest id={id} />}
      </Stack>
    </CaseStep>
  );
}

/** Most places hold nothing: one press for all that are still open, but for the one through which the request came. */
function TheRest({ id }: { id: string }) {
  const { t } = useWords();
  const act = useAct(answerTasks);
  return (
    <>
      <ProblemAlert problem={act.error} />
      <Group>
        <Button
          variant="default"
          loading={act.isPending}
          onClick={() => act.mutate({ params: { id }, body: { found: "nothing" } })}
        >
          {t("case.restNothing")}
        </Button>
      </Group>
    </>
  );
}

function Task({ request, task, open }: { request: string; task: RequestTask; open: boolean }) {
  const { t, dayOfMoment } = useWords();
  const labels = useLabels();
  const name = useId();
  const { label, kind, registers, cameThrough, found, note, doneAt, doneBy } = task;
  return (
    <fieldset className="case-task" aria-labelledby={name}>
      <p id={name}>
        <Text span fw={600} size="sm">
          {label}
        </Text>{" "}
        <Text span size="sm" c="dimmed">
          {[found === null ? t(`case.task.${kind}`) : "", registers.map(labels.register).join(", ")]
            .filter(Boolean)
            .join(" · ")}
        </Text>
      </p>
      {found === null && open && cameThrough && (
        <Text size="sm" mb="xs">
          {t("case.cameThrough")}
        </Text>
      )}
      {found === null && open && <TaskForm request={request} task={task} />}
      {found !== null && (
        <Text size="sm" style={{ whiteSpace: "pre-line" }}>
          <b>{t(found === "found" ? "case.found" : "case.nothing")}</b>
          {note && `\n${note}`}
          {doneAt && (
            <Text span size="sm" c="dimmed">
              {"\n"}
              {[dayOfMoment(doneAt), doneBy].filter(Boolean).join(", ")}
            </Text>
          )}
        </Text>
      )}
    </fieldset>
  );
}

function TaskForm({ request, task: { id: task, label } }: { request: string; task: RequestTask }) {
  const { t } = useWords();
  const act = useAct(answerTask);
  const [found, setFound] = useState<"found" | "nothing" | null>(null);
  const [note, setNote] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (found !== null) act.mutate({ params: { id: request, task }, body: { found, note } });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Radio.Group
          aria-label={label}
          value={found ?? ""}
          onChange={(next) => setFound(next === "found" ? "found" : "nothing")}
        >
          <Group gap="lg">
            <Radio value="nothing" label={t("case.nothing")} />
            <Radio value="found" label={t("case.found")} />
          </Group>
        </Radio.Group>
        {found === "found" && (
          <Textarea
            label={t("case.foundWhat", { place: label })}
            description={t("case.foundDid")}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={4000}
            autosize
            minRows={2}
            autoFocus
          />
        )}
        <ProblemAlert problem={act.error} typed />
        {found !== null && (
          <Group>
            <Button type="submit" size="xs" loading={act.isPending} aria-label={`${t("case.saveTask")}: ${label}`}>
              {t("case.saveTask")}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
