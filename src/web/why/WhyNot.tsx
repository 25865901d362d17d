import { ActionIcon, Popover } from "@mantine/core";
import { IconHelpCircle } from "@tabler/icons-react";
import { useState } from "react";
import { readWhy } from "../../registers/staff/why/contract.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { useWords } from "../words/words.tsx";
import { WhyAnswer } from "./WhyAnswer.tsx";
import { useRule } from "./words.ts";

type Props = {
  /** In the words of `useMay`. */
  act: string;
  /** What is not there, for who hears the page. */
  about: string;
  /** The person's own restriction instead of a refusal. */
  unless?: "notRestricted";
};

/** A small mark beside what is not there or cannot be pressed; opened by key and by touch. */
export function WhyNot({ act, about, unless }: Props) {
  const { t } = useWords();
  const [opened, setOpened] = useState(false);
  const name = t("why.about", { about });
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width="min(340px, calc(100vw - 32px))"
      position="bottom-start"
      shadow="md"
      withinPortal={false}
    >
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={name}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
          onKeyDown={(event) => event.key === "Escape" && setOpened(false)}
        >
          <IconHelpCircle size={17} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={name}>
        <Answer act={act} unless={unless} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Answer({ act, unless }: { act: string; unless: "notRestricted" | undefined }) {
  const { t } = useWords();
  const rule = useRule();
  const answer = useAsk(readWhy, { query: { act } });
  return (
    <Asked answer={answer} rows={3}>
      {({ items: [of], responsible }) => {
        const sees = of?.verb === "read";
        const person = of?.unless.find(({ kind }) => kind === unless);
        // A purpose that reaches everybody asks no condition; whose decision it was stays the same.
        if (unless)
          return (
            <WhyAnswer
              decider="person"
              {...person}
              sees={sees}
              rule={t(`why.unless.${unless}`)}
              responsible={responsible}
            />
          );
        if (!of?.why) return t("why.all");
        const { reason, ...told } = of.why;
        return <WhyAnswer {...told} sees={sees} rule={rule(reason)} responsible={responsible} />;
      }}
    </Asked>
  );
}
