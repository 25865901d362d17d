import { Text } from "@mantine/core";
import { readWays } from "../../registers/staff/signIn/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMe } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Facts } from "../ui/Facts.tsx";
import { Page } from "../ui/Page.tsx";
import { PrintLink } from "../ui/PrintLink.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { NameField } from "./NameField.tsx";
import { News } from "./News.tsx";
import { OutsideWays } from "./OutsideWays.tsx";
import { Passkeys } from "./Passkeys.tsx";
import { PasswordWay } from "./PasswordWay.tsx";
import { SecondFactor } from "./SecondFactor.tsx";
import { Sessions } from "./Sessions.tsx";

/** One's own account: name, ways to sign in, where one is signed in. */
export function AccountPage() {
  const { t, day } = useWords();
  const { roles } = useMe();
  const { role } = useLabels();
  const answer = useAsk(readWays, {});
  return (
    <Page
      title={t("myAccount.title")}
      lead={t("myAccount.lead")}
      actions={<PrintLink path="/session/data/print" params={{}} />}
    >
      <Asked answer={answer}>
        {(ways) => (
          <>
            <Section title={t("myAccount.self")}>
              <Facts
                facts={[
                  { term: t("account.name"), value: <NameField /> },
                  { term: t("account.login"), value: ways.login },
                  { term: t("account.roles"), value: roles.map(role).join(", ") || t("account.noRoles") },
                  ...(ways.endsOn === null ? [] : [{ term: t("account.lastDay"), value: day(ways.endsOn) }]),
                ]}
              />
            </Section>
            <Passkeys ways={ways} />
            <PasswordWay ways={ways} />
            {ways.password && <SecondFactor ways={ways} />}
            <OutsideWays ways={ways} />
            <Sessions />
            <News />
            <Text size="sm" c="dimmed" maw={620}>
              {t("myAccount.fresh")}
            </Text>
          </>
        )}
      </Asked>
    </Page>
  );
}
