import { Button, PasswordInput, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { call, ProblemError } from "../../api/call.ts";
import { startOutsideInvitation } from "../../channels/oidc/contract.ts";
import { redeemInvitation, startInvitationPasskey } from "../../registers/staff/contract.ts";
import { readSignInOffers } from "../../registers/staff/signIn/contract.ts";
import { isEmail } from "../../values/Email.ts";
import { enterAs } from "../session/me.ts";
import { hasPasskeys, madePasskey } from "../session/passkey.ts";
import { NewPasswordField, SHORTEST } from "../ui/fields/NewPasswordField.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

type Way = "passkey" | "outside" | "password";

/** Name, address and how one will sign in: a passkey where the address can have them, the company's own service, or a password. */
export function AccountForm({ secret }: { secret: string }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ name: "", login: "", password: "", again: "" });
  const [tried, setTried] = useState(false);
  const [chosen, choose] = useState<Way | null>(null);
  const offers = useQuery({ queryKey: ["sign-in"], queryFn: () => call(readSignInOffers, {}) });
  const ways: Way[] = [
    ...(offers.data?.passkeysNot === null && hasPasskeys() ? (["passkey"] as const) : []),
    ...(offers.data?.outside ? (["outside"] as const) : []),
    "password",
  ];
  const way = chosen ?? ways[0] ?? "password";
  const { name, login, password, again } = draft;
  const act = useMutation({
    mutationFn: async () => {
      const newcomer = { secret, name, login: login.trim(), language };
      if (way === "password") return call(redeemInvitation, { body: { ...newcomer, password } });
      if (way === "outside") {
        const { url } = await call(startOutsideInvitation, { body: newcomer });
        window.location.assign(url);
        return null;
      }
      const credential = await madePasskey(await call(startInvitationPasskey, { body: newcomer }));
      if (!credential) throw new ProblemError({ code: "passkeyFailed", status: 422 });
      return call(redeemInvitation, { body: { ...newcomer, passkey: { credential, label: t("passkey.first") } } });
    },
    onSuccess: async (me) => {
      if (!me) return;
      enterAs(client, me);
      await navigate({ to: "/" });
    },
  });
  const left = Math.max(0, SHORTEST - password.length);
  const wrong = {
    name: name.trim() === "" ? t("field.required") : undefined,
    login: isEmail(login.trim().toLowerCase()) ? undefined : t("welcome.loginWrong"),
    password: way === "password" && left > 0 ? t("welcome.passwordLeft", { count: left }) : undefined,
    again: way !== "password" || again === password ? undefined : t("welcome.different"),
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
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput {...field("name")} autoComplete="name" maxLength={120} autoFocus />
        <TextInput {...field("login")} type="email" autoComplete="username" maxLength={254} />
        {ways.length > 1 && (
          <SegmentedControl
            aria-label={t("welcome.way")}
            value={way}
            onChange={(value) => choose(ways.find((each) => each === value) ?? null)}
            data={ways.map((value) => ({ value, label: t(`welcome.way.${value}`) }))}
            fullWidth
          />
        )}
        {way === "password" ? (
          <>
            <NewPasswordField {...field("password")} />
            <PasswordInput
              {...field("again")}
              autoComplete="new-password"
              visibilityToggleButtonProps={eye}
              maxLength={200}
            />
          </>
        ) : (
          <Text size="sm">{t(`welcome.way.${way}Text`)}</Text>
        )}
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
