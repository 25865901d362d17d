import { Burger, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useLayoutEffect, useRef } from "react";
import { openDialog } from "../keyboard/dialogs.ts";
import { Keyboard } from "../keyboard/Keyboard.tsx";
import { AskProof } from "../session/AskProof.tsx";
import { useMay } from "../session/me.ts";
import { away } from "../session/proof.ts";
import { comeTo } from "../session/purpose.ts";
import { WhyDoor } from "../why/WhyDoor.tsx";
import { useWords } from "../words/words.tsx";
import { Banners } from "./Banners.tsx";
import { Header } from "./Header.tsx";
import { LanguageChoice } from "./LanguageChoice.tsx";
import { doorsFor } from "./navigation.ts";
import { PurposeChoice } from "./PurposeChoice.tsx";
import { SchemeSwitch } from "./SchemeSwitch.tsx";
import { UnsavedGuard } from "./UnsavedGuard.tsx";

/** Header, doors and the sheet that a page is written on. */
export function Shell() {
  const { t } = useWords();
  const may = useMay();
  const gone = away.useWanted();
  const [opened, { toggle, close }] = useDisclosure();
  const main = useRef<HTMLDivElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const before = useRef(path);
  // With the new page and not after it: a key pressed on it at once keeps the focus that it asked for.
  useLayoutEffect(() => {
    if (before.current === path) return;
    before.current = path;
    comeTo(path);
    // A new page is read from its beginning, by eye and by screen reader.
    main.current?.focus({ preventScroll: true });
    close();
    // Whoever goes back with a dialog open wants the page, not the dialog on another.
    openDialog(undefined);
  }, [path, close]);
  return (
    // Without a session nobody reads on: not on the screen, not by a screen reader, not on paper. The fields keep what was typed.
    <div className="frame" data-opened={opened || undefined} style={gone ? { visibility: "hidden" } : undefined}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <header className="frame-header">
        <Header
          burger={
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t("nav.menu")}
              aria-expanded={opened}
            />
          }
        />
      </header>
      <nav className="frame-navbar" aria-label={t("nav.label")}>
        {doorsFor(may).map(({ word, doors }) => (
          <div key={word ?? "daily"} className="nav-group">
            {word && <p>{t(word)}</p>}
            {doors.map(({ to, word: door, icon: Icon }) => (
              <Link key={to} to={to} className="nav-link" activeOptions={{ exact: to === "/" }} onClick={close}>
                <Icon size={18} stroke={1.7} aria-hidden />
                {t(door)}
              </Link>
            ))}
          </div>
        ))}
        <Group hiddenFrom="sm" mt="auto" p={8} gap={8}>
          <PurposeChoice />
          <LanguageChoice saves />
          <SchemeSwitch />
        </Group>
      </nav>
      <main className="frame-main">
        <div className="sheet" id="main" ref={main} tabIndex={-1} style={{ outline: "none" }}>
          <Banners />
          <Outlet />
          <WhyDoor />
        </div>
      </main>
      <AskProof />
      <Keyboard />
      <UnsavedGuard />
    </div>
  );
}
