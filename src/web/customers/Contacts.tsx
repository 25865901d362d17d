import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { addContact, type Customer, readCustomer } from "../../registers/customers/contract.ts";
import { phoneShown } from "../../values/phoneShown.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { SourceField, useSource } from "./SourceField.tsx";

/** The people through whom an organisation is reached; each is a person of their own in the register. */
export function Contacts({ customer: { id, contacts } }: { customer: Customer }) {
  const { t } = useWords();
  const may = useMay();
  const [adding, { open, close }] = useDisclosure();
  const add = may("collect customers") && !adding && (
    <Button size="xs" variant="default" leftSection={<IconUserPlus size={15} aria-hidden />} onClick={open}>
      {t("contacts.add")}
    </Button>
  );
  return (
    <Section title={t("contacts.title")} actions={add}>
      {contacts.length === 0 && !adding && (
        <Text size="sm" c="dimmed">
          {t("contacts.none")}
        </Text>
      )}
      {contacts.length > 0 && (
        <ul className="heap">
          {contacts.map((contact) => (
            <li key={contact.id}>
              <ContactLine id={contact.id} />
            </li>
          ))}
        </ul>
      )}
      {adding && <NewContact organisation={id} onDone={close} />}
    </Section>
  );
}

/** A contact person is a subject of their own: what is shown of them is read, and written down, as such. */
function ContactLine({ id }: { id: string }) {
  const { t } = useWords();
  const { data } = useAsk(readCustomer, { params: { id } });
  return (
    <Link to="/customers/$id" params={{ id }} className="heap-line">
      <span>
        <b>{data?.name ?? (data ? t("customer.unnamed") : t("customer.kind.contactPerson"))}</b>{" "}
        <small>{[data?.phone && phoneShown(data.phone), data?.email].filter(Boolean).join(" · ")}</small>
      </span>
    </Link>
  );
}

function NewContact({ organisation, onDone }: { organisation: string; onDone: () => void }) {
  const { t } = useWords();
  const act = useAct(addContact);
  const [source, setSource] = useSource();
  const [draft, setDraft] = useState({ name: "", phone: "", email: "" });
  const [tried, setTried] = useState(false);
  const field = (key: keyof typeof draft) => ({
    label: t(`customer.${key}`),
    value: draft[key],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => setDraft({ ...draft, [key]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const [name, phone, email] = [draft.name.trim(), draft.phone.trim(), draft.email.trim()];
    if (name === "") return;
    const body = { name, source, ...(phone && { phone }), ...(email && { email }) };
    act.mutate({ params: { id: organisation }, body }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit} noValidate className="panel" style={{ marginTop: 12 }}>
      <Stack gap="sm" maw={520}>
        <TextInput
          {...field("name")}
          error={tried && draft.name.trim() === "" ? t("field.required") : undefined}
          autoFocus
        />
        <TextInput {...field("phone")} type="tel" />
        <TextInput {...field("email")} type="email" />
        <SourceField value={source} onChange={setSource} />
        <ProblemAlert problem={act.error} typed />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={act.isPending}>
            {t("contacts.add")}
          </Button>
          <Button size="xs" variant="default" onClick={onDone}>
            {t("cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
