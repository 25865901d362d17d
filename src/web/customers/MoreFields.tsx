import { Button, Collapse, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId } from "react";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { AddressFields } from "../ui/fields/AddressFields.tsx";
import { IdentityCodeField } from "../ui/fields/IdentityCodeField.tsx";
import { OwnValueField } from "../ui/fields/OwnValueField.tsx";
import { useWords } from "../words/words.tsx";
import { categoryOf, type Draft, givenBy, ownFields } from "./draft.ts";

type Props = { draft: Draft; setDraft: (draft: Draft) => void; source: string; tried: boolean };

/** What is seldom known in the first minute: addresses, the company's own categories, an identity code where the law allows. */
export function MoreFields({ draft, setDraft, source, tried }: Props) {
  const { t } = useWords();
  const may = useMay();
  const { labels } = useLabels();
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  const shows = (type: string) => may(`collect customers ${categoryOf(labels, type)}`) && givenBy(labels, type, source);
  const code = categoryOf(labels, "personalIdentityCode");
  const asksCode = draft.kind === "person" && labels?.categories[code] !== undefined && shows("personalIdentityCode");
  return (
    <div>
      <Button
        variant="subtle"
        px={8}
        onClick={toggle}
        aria-expanded={opened}
        aria-controls={id}
        leftSection={opened ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
      >
        {t("newCustomer.more")}
      </Button>
      <Collapse expanded={opened} id={id}>
        <Stack gap="lg" pt="sm">
          {shows("billingAddress") && (
            <AddressFields
              legend={t("customer.billingAddress")}
              titled
              value={draft.billingAddress}
              onChange={(billingAddress) => setDraft({ ...draft, billingAddress })}
              tried={tried}
            />
          )}
          {shows("deliveryAddress") && (
            <AddressFields
              legend={t("customer.deliveryAddress")}
              titled
              value={draft.deliveryAddress}
              onChange={(deliveryAddress) => setDraft({ ...draft, deliveryAddress })}
              tried={tried}
            />
          )}
          {ownFields(labels, may).map((field) => (
            <OwnValueField
              key={field.id}
              field={field}
              value={draft.own[field.id] ?? ""}
              onChange={(value) => setDraft({ ...draft, own: { ...draft.own, [field.id]: value } })}
            />
          ))}
          {asksCode && (
            <IdentityCodeField
              value={draft.identity}
              onChange={(identity) => setDraft({ ...draft, identity })}
              tried={tried}
            />
          )}
        </Stack>
      </Collapse>
    </div>
  );
}
