import { Button, Group, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeMyself } from "../../registers/staff/contract.ts";
import { changeMe, useMe } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** One's own name as colleagues see it; changed where it stands. */
export function NameField() {
  const { t } = useWords();
  const { name } = useMe();
  const client = useQueryClient();
  const act = useAct(changeMyself);
  const [draft, setDraft] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = draft?.trim() ?? "";
    if (wanted === "") return;
    act.mutate(
      { body: { name: wanted } },
      {
        onSuccess: (me) => {
          changeMe(client, me);
          setDraft(null);
        },
      },
    );
  };
  if (draft === null)
    return (
      <Group gap="xs">
        {name}
        <Button size="compact-xs" variant="light" onClick={() => setDraft(name)}>
          {t("myAccount.rename")}
        </Button>
      </Group>
    );
  return (
    <form onSubmit={submit}>
      <ProblemAlert problem={act.error} typed />
      <Group gap="xs" align="flex-end">
        <TextInput
          aria-label={t("account.name")}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          maxLength={120}
          autoComplete="name"
          autoFocus
        />
        <Button type="submit" loading={act.isPending}>
          {t("save")}
        </Button>
        <Button variant="default" onClick={() => setDraft(null)}>
          {t("cancel")}
        </Button>
      </Group>
    </form>
  );
}
