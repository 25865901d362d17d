import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { call } from "../../api/call.ts";
import { redeemInvitation } from "../../registers/staff/contract.ts";
import { isEmail } from "../../values/Email.ts";
import { enterAs } from "../session/me.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** NIST SP 800-63B: length is what counts. */
const shortest = 12;

export function AccountForm({ secret }: { secret: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ name: "", login: "", password: "", again: "" });
  const [tried, setTried] = useState(false);
  const { name, login, password, again } = draft;
  const act = useMutation({
    mutationFn: () => call(redeemInvitation, { body: { secret, name, login: login.trim(), password, language } }),
    onSuccess: async (me) => {
      enterAs(client, me);
      await navigate({ to: "/" });
    },
  });
  const left = Math.max(0, shortest - password.length);
  const wrong = {
    name: name.trim() === "" ? t("field.required") : undefined,
    login: isEmail(login.trim().toLowerCase()) ? undefined : t("welcome.loginWrong"),
    password: left > 0 ? t("welcome.passwordLeft", { count: left }) : undefined,
    again: again === password ? undefined : t("welcome.different"),
  };
  const field = (key: keyof typeof draft) => ({
    label: t(`welcome.${key}`),
    value: draft[key],
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [key]: event.currentTarget.value }),
    error: tried ? wrong[key] : undefined,
    required: true,
    withAsterisk: false,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.values(wrong).every((each) => each === undefined)) act.mutate();
  };
  const eye = { "aria-label": t("password.show") };
  const help =
    password === ""
      ? t("welcome.passwordHelp")
      : left > 0
        ? t("welcome.passwordLeft", { count: left })
        : t("welcome.passwordEnough");
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput {...field("name")} autoComplete="name" maxLength={120} autoFocus />
        <TextInput {...field("login")} type="email" autoComplete="username" maxLength={254} />
        <PasswordInput
          {...field("password")}
          description={help}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          maxLength={200}
        />
        <PasswordInput
          {...field("again")}
          autoComplete="new-password"
          visibilityToggleButtonProps={eye}
          maxLength={200}
        />
        <Text size="sm" c="dimmed">
          {t("welcome.told")}
        </Text>
        <ProblemAlert problem={act.error} typed />
        <Button type="submit" loading={act.isPending} fullWidth>
          {t("welcome.action")}
        </Button>
      </Stack>
    </form>
  );
}
