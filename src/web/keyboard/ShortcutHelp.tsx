import { Modal, Switch, Text } from "@mantine/core";
import { useMay } from "../session/me.ts";
import { doorsFor } from "../shell/navigation.ts";
import { useWords } from "../words/words.tsx";
import { openDialog } from "./dialogs.ts";
import { keyName } from "./mod.ts";
import { setSingleKeys, useSingleKeys } from "./setting.ts";
import { alone, doorLetters, type Shortcut, together, within } from "./shortcuts.ts";

/** Every key that does something, and the switch for those that work alone. */
export function ShortcutHelp() {
  const { t } = useWords();
  const may = useMay();
  const on = useSingleKeys();
  const doors = doorsFor(may)
    .flatMap((group) => group.doors)
    .flatMap(({ to, word }) => (doorLetters[to] ? [{ keys: ["g", doorLetters[to]], word }] : []));
  return (
    <Modal
      opened
      onClose={() => openDialog(undefined)}
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("close") }}
      size="lg"
    >
      <Keys title={t("shortcuts.everywhere")} shortcuts={[...together, ...within]} />
      <Switch
        label={t("shortcuts.on")}
        description={t("shortcuts.onHelp")}
        checked={on}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        my="lg"
      />
      {on && (
        <>
          <Keys
            title={t("shortcuts.alone")}
            shortcuts={alone.filter(({ may: act }) => act === undefined || may(act))}
          />
          <Keys title={t("shortcuts.doors")} shortcuts={doors} />
        </>
      )}
    </Modal>
  );
}

function Keys({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  const { t } = useWords();
  return (
    <section aria-label={title}>
      <Text fw={650} size="sm" mt="md">
        {title}
      </Text>
      <dl className="shortcuts">
        {shortcuts.map(({ keys, word }) => (
          <div key={word}>
            <dt>{t(word)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd key={key} className="key">
                  {keyName(key)}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
