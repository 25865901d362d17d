import { SimpleGrid, Text, Title } from "@mantine/core";
import { IconEraser, IconFileText, type TablerIcon } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMay } from "../session/me.ts";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { useSubjectName } from "./useSubjectName.ts";

const route = getRouteApi("/inside/requests/$id");

/** What the person asks for. */
export function RequestPage() {
  const { t } = useWords();
  const { id } = route.useParams();
  const may = useMay();
  const name = useSubjectName(id);
  return (
    <Page
      title={name}
      tab={t("requests.title")}
      lead={t("request.lead")}
      back={{ to: "/requests", label: t("requests.title") }}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {may("right access") && (
          <Choice to="/requests/$id/access" id={id} icon={IconFileText} title={t("access.title")}>
            {t("access.what")}
          </Choice>
        )}
        {may("right erasure") && (
          <Choice to="/requests/$id/erasure" id={id} icon={IconEraser} title={t("erasure.title")}>
            {t("erasure.what")}
          </Choice>
        )}
      </SimpleGrid>
    </Page>
  );
}

type ChoiceProps = {
  to: "/requests/$id/access" | "/requests/$id/erasure";
  id: string;
  icon: TablerIcon;
  title: string;
  children: string;
};

function Choice({ to, id, icon: Icon, title, children }: ChoiceProps) {
  return (
    <Link to={to} params={{ id }} className="figure">
      <Icon size={24} stroke={1.5} aria-hidden color="var(--mantine-color-anchor)" />
      <Title order={2} mt={6} mb={4}>
        {title}
      </Title>
      <Text size="sm" c="dimmed">
        {children}
      </Text>
    </Link>
  );
}
