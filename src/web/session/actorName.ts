import { useWords } from "../words/words.tsx";
import { useMe } from "./me.ts";

/** Who an actor's id is: oneself; a colleague or a program by the name the server gives; the program itself; the person; else a mark of the id. */
export function useActorName(): (actor: string, name?: string) => string {
  const { t } = useWords();
  const me = useMe();
  return (actor, name) => {
    if (actor === me.id) return t("actor.me", { name: me.name });
    if (name !== undefined) return name;
    if (actor.startsWith("system:")) return t("audit.actor.system");
    if (actor === "subject") return t("audit.actor.subject");
    return /^[0-9a-f]{8}-/.test(actor) ? t("actor.colleague", { mark: actor.slice(-4) }) : actor;
  };
}
