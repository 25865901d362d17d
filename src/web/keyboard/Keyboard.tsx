import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { useMay } from "../session/me.ts";
import { doorsFor } from "../shell/navigation.ts";
import { openDialog, useOpenedDialog } from "./dialogs.ts";
import { type Heard, listener, takesLetters } from "./heard.ts";
import { singleKeysOn } from "./setting.ts";

const palette = () => import("../palette/Palette.tsx");
const help = () => import("./ShortcutHelp.tsx");
const Palette = lazy(() => palette().then(({ Palette: part }) => ({ default: part })));
const ShortcutHelp = lazy(() => help().then(({ ShortcutHelp: part }) => ({ default: part })));

/** Hears the keys of the whole product, and shows the two dialogs that they open. */
export function Keyboard() {
  const navigate = useNavigate();
  const may = useMay();
  const opened = useOpenedDialog();
  useEffect(() => {
    const hear = listener();
    const carryOut = (heard: Heard): boolean => {
      if ("to" in heard) {
        const open = doorsFor(may).some(({ doors }) => doors.some(({ to }) => to === heard.to));
        if (open) void navigate({ to: heard.to });
        return open;
      }
      switch (heard.does) {
        case "save":
          return save();
        case "search":
          if (!focusSearch()) openDialog("palette");
          return true;
        case "newCustomer":
          if (!may("collect customers")) return false;
          void navigate({ to: "/customers/new" });
          return true;
        default:
          openDialog(heard.does);
          return true;
      }
    };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const free = singleKeysOn() && !takesLetters(event.target) && !dialogOpen();
      const heard = hear(event, free, event.timeStamp);
      if (heard && carryOut(heard)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [may, navigate]);
  useEffect(() => {
    // There before they are wanted, also when the server is not.
    const later = setTimeout(() => void Promise.all([palette(), help()]).catch(() => undefined), 4000);
    return () => clearTimeout(later);
  }, []);
  return (
    <Suspense>
      {opened === "palette" && <Palette />}
      {opened === "shortcuts" && <ShortcutHelp />}
    </Suspense>
  );
}

const dialogOpen = () => document.querySelector("[role=dialog]") !== null;

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("#main input[type=search]:not(:disabled)");
  field?.focus();
  return field !== null;
}

/** The form one is in, or else the only one there is, on the dialog or on the page. */
function save(): boolean {
  const here = document.activeElement?.closest("form");
  const place = document.querySelector("[role=dialog]") ?? document.getElementById("main");
  const all = place?.querySelectorAll("form") ?? [];
  const form = here ?? (all.length === 1 ? all[0] : undefined);
  // A button that may not be pressed is not pressed by keys either.
  const button = form?.querySelector<HTMLButtonElement>("button[type=submit]");
  if (!form || !button || button.disabled) return false;
  form.requestSubmit(button);
  return true;
}
