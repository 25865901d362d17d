import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { RequestedRight } from "../../description/terms.ts";
import { HeardChannel, openRequest } from "../../registers/requests/contract.ts";
import { type Day, dayInHelsinki } from "../../values/Day.ts";
import { legalLastDay } from "../../values/Holiday.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { type Chosen, PersonChoice } from "./PersonChoice.tsx";

/** A letter, a call, a visit: written down in a minute, and the clock runs. */
export function NewRequestPage() {
  const { t, sentence, day } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const act = useAct(openRequest);
  const rights = RequestedRight.options.filter((right) => may(`right ${right}`));
  const today = dayInHelsinki(new Date());
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [right, setRight] = useState<RequestedRight>(rights[0] ?? "access");
  const [channel, setChannel] = useState<HeardChannel>("letter");
  const [receivedOn, setReceived] = useState<Day | null>(today);
  const [asks, setAsks] = useState("");
  const [tried, setTried] = useState(false);
  const wrongDay = receivedOn === null || receivedOn > today;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || wrongDay) return;
    const body = { name: name.trim(), right, channel, receivedOn, asks, ...(chosen && { customerId: chosen.id }) };
    act.mutate({ body }, { onSuccess: ({ id }) => void navigate({ to: "/requests/case/$id", params: { id } }) });
  };
  return (
    <Page
      title={t("requests.new")}
      lead={t("newRequest.lead")}
      width="read"
      back={{ to: "/requests", label: t("requests.title") }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="lg">
          <TextInput
            label={t("newRequest.name")}
            description={t("newRequest.nameHelp")}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setChosen(null);
            }}
            error={tried && name.trim() === "" ? t("newRequest.nameMissing") : undefined}
            maxLength={200}
            autoComplete="off"
            autoFocus
            required
          />
          <PersonChoice
            name={name}
            chosen={chosen}
            onChoose={(person) => {
              setChosen(person);
              if (person) setName(person.name);
            }}
          />
          <NativeSelect
            label={t("newRequest.right")}
            value={right}
            onChange={(event) => setRight(rights.find((one) => one === event.currentTarget.value) ?? right)}
            data={rights.map((value) => ({ value, label: t(`right.${value}`) }))}
            required
          />
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <NativeSelect
              label={t("newRequest.channel")}
              value={channel}
              onChange={(event) =>
                setChannel(HeardChannel.options.find((one) => one === event.currentTarget.value) ?? channel)
              }
              data={HeardChannel.options.map((value) => ({
                value,
                label: firstCapital(sentence("rights", `request.channel.${value}`)),
              }))}
              miw={200}
              required
            />
            <DayField
              label={t("newRequest.received")}
              value={receivedOn}
              onChange={setReceived}
              error={tried && wrongDay ? t("newRequest.receivedWrong") : undefined}
              miw={200}
              required
            />
          </Group>
          {!wrongDay && right !== "withdrawal" && (
            <Text size="sm" c="dimmed">
              {t("newRequest.due", { day: day(legalLastDay(receivedOn)) })}
            </Text>
          )}
          <Textarea
            label={t("newRequest.asks")}
            description={t("newRequest.asksHelp")}
            value={asks}
            onChange={(event) => setAsks(event.currentTarget.value)}
            maxLength={4000}
            autosize
            minRows={3}
          />
          <ProblemAlert problem={act.error} typed />
          <Group>
            <Button type="submit" loading={act.isPending}>
              {t("newRequest.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}

const firstCapital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
