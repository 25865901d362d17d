import { ActionIcon, Group } from "@mantine/core";
import { IconMaximize, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useWords } from "../words/words.tsx";

const MOST = 4;
const STEP = 1.25;

type Props = { tools: ReactNode; beside: ReactNode; orientation: "wide" | "tall"; children: ReactNode };

/** What is in it fits at first, and can be brought nearer with the buttons or Ctrl and the wheel, and dragged when it is larger than the frame. */
export function Frame({ tools, beside, orientation, children }: Props) {
  const { t } = useWords();
  const [scale, setScale] = useState(1);
  const frame = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; y: number; left: number; top: number } | null>(null);
  const zoom = (by: number) => setScale((now) => Math.min(MOST, Math.max(1, now * by)));

  useEffect(() => {
    const element = frame.current;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      setScale((now) => Math.min(MOST, Math.max(1, now * Math.exp(-event.deltaY / 300))));
    };
    // React listens passively, and then the whole page would grow.
    element?.addEventListener("wheel", wheel, { passive: false });
    return () => element?.removeEventListener("wheel", wheel);
  }, []);

  const grab = ({ pointerType, button, clientX, clientY, currentTarget }: PointerEvent<HTMLDivElement>) => {
    if (pointerType !== "mouse" || button !== 0 || scale === 1) return;
    held.current = { x: clientX, y: clientY, left: currentTarget.scrollLeft, top: currentTarget.scrollTop };
  };
  const drag = ({ clientX, clientY, buttons, currentTarget }: PointerEvent<HTMLDivElement>) => {
    const from = held.current;
    if (!from || buttons === 0) return;
    currentTarget.scrollTo(from.left + from.x - clientX, from.top + from.y - clientY);
  };
  return (
    <div className="flow-frame">
      <Group justify="space-between" align="flex-end" gap="sm" mb="sm" className="flow-tools">
        {tools}
        <Group gap={4} ml="auto">
          <Tool label={t("flows.nearer")} icon={IconZoomIn} off={scale >= MOST} onClick={() => zoom(STEP)} />
          <Tool label={t("flows.farther")} icon={IconZoomOut} off={scale <= 1} onClick={() => zoom(1 / STEP)} />
          <Tool label={t("flows.fit")} icon={IconMaximize} off={scale === 1} onClick={() => setScale(1)} />
        </Group>
      </Group>
      <div
        ref={frame}
        className="flow-canvas"
        data-near={scale > 1 || undefined}
        data-orientation={orientation}
        onPointerDown={grab}
        onPointerMove={drag}
        onPointerUp={() => {
          held.current = null;
        }}
      >
        <div style={{ width: `${scale * 100}%` }}>{children}</div>
      </div>
      {beside}
    </div>
  );
}

type ToolProps = { label: string; icon: typeof IconZoomIn; off: boolean; onClick: () => void };

const Tool = ({ label, icon: Icon, off, onClick }: ToolProps) => (
  <ActionIcon variant="default" size={34} aria-label={label} title={label} disabled={off} onClick={onClick}>
    <Icon size={18} aria-hidden />
  </ActionIcon>
);
