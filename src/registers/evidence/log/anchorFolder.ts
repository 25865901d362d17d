// A folder on another medium: a file a day, only ever added to.
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { dayInHelsinki } from "../../../values/Day.ts";
import type { AnchorSink } from "./anchors.ts";

/**
 * Files `FOLDER/<installation id>/<day>.txt` of signed notes, readable by everyone: they hold no personal data. The folder itself must be there: where a
 * medium is not mounted, its empty mount point would else be filled. `name`: the declared helper's id.
 */
export const anchorFolder = (folder: string, name: string): AnchorSink => ({
  name: `folder ${name}`,
  async put({ origin, at, note }) {
    const own = join(folder, origin.slice(origin.lastIndexOf("/") + 1));
    await mkdir(own).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    const file = await open(join(own, `${dayInHelsinki(at)}.txt`), "a", 0o644);
    try {
      await file.writeFile(`${note}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  },
});
