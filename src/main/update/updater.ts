import { createHash } from 'node:crypto';
import { createReadStream, existsSync, renameSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { app } from 'electron';
import type { AppUpdater, UpdateDownloadedEvent } from 'electron-updater';
import { releaseText } from '../../shared/domain/update/update.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('updater');

export type FoundUpdate = { readonly version: string; readonly notes: string };

/** Finds and downloads new versions, and puts one in the place of this program. Every method throws what went wrong. */
export type Updater = {
  /** null: this is the newest. */
  readonly find: (
    onProgress: (version: string, percent: number) => void,
  ) => Promise<FoundUpdate | null>;
  /** Everything that can fail; this program is as it was afterwards. */
  readonly prepare: () => Promise<void>;
  /** The last thing before the program ends. */
  readonly replace: (restart: boolean) => void;
};

const sha512Of = async (path: string): Promise<string> => {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  return hash.digest('base64');
};

/**
 * The new file beside the old one, on the disk and proven again, so that a rename is all that is left to do. The library
 * removes the old file first, and a full disk or a power cut would leave nothing to start.
 */
const putBeside = async (downloaded: string, beside: string, sha512: string): Promise<void> => {
  try {
    await copyFile(downloaded, beside);
    await chmod(beside, 0o755);
    const file = await open(beside, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    if ((await sha512Of(beside)) !== sha512) throw new Error('sha512 of the copy is another');
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw thrown;
  }
};

const createLibrary = async (feed: string, image: string | null): Promise<AppUpdater> => {
  // Not before there is a feed: it is read from some hundred files.
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  const source = { provider: 'generic', url: feed } as const;
  const library =
    process.platform === 'win32'
      ? new NsisUpdater(source)
      : process.platform === 'darwin'
        ? new MacUpdater(source)
        : new AppImageUpdater(source);
  library.logger = {
    info: (message: unknown) => log.debug(String(message)),
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown) => log.warn(String(message)),
  };
  // Downloads are begun here, and on macOS alone the system itself applies what is there when the program ends.
  library.autoDownload = false;
  library.autoInstallOnAppQuit = process.platform === 'darwin';
  library.forceDevUpdateConfig = !app.isPackaged && image !== null;
  const packed = join(process.resourcesPath, 'app-update.yml');
  if (image !== null && !existsSync(packed)) {
    // The library asks such a file, which electron-builder writes, for the name of its cache.
    const own = join(app.getPath('userData'), 'updates.yml');
    writeFileSync(own, 'updaterCacheDirName: ringside-updater\n');
    library.updateConfigPath = own;
    // Which forgets the feed.
    library.setFeedURL(source);
  }
  return library;
};

/** `image`: the file to replace, where this is an AppImage. */
export const openUpdater = async (feed: string, image: string | null): Promise<Updater> => {
  const beside = image === null ? null : `${image}.next`;
  const library = await createLibrary(feed, image);
  let downloaded: UpdateDownloadedEvent | null = null;
  // Whoever awaits is told the same; without a listener it would be thrown.
  library.on('error', () => undefined);

  return {
    find: async (onProgress) => {
      const checked = await library.checkForUpdates();
      if (checked?.isUpdateAvailable !== true) return null;
      const { version, releaseNotes } = checked.updateInfo;
      const show = ({ percent }: { readonly percent: number }): void =>
        onProgress(version, percent);
      const take = (event: UpdateDownloadedEvent): void => {
        downloaded = event;
      };
      library.on('download-progress', show);
      library.on('update-downloaded', take);
      try {
        onProgress(version, 0);
        await library.downloadUpdate();
      } finally {
        library.off('download-progress', show);
        library.off('update-downloaded', take);
      }
      return { version, notes: releaseText(releaseNotes) };
    },
    prepare: async () => {
      if (downloaded === null) throw new Error('Nothing was downloaded');
      if (beside === null) return;
      const { downloadedFile } = downloaded;
      const promised = downloaded.files.find(({ url }) => url.endsWith('.AppImage'));
      await putBeside(downloadedFile, beside, promised?.sha512 ?? '');
    },
    replace: (restart) => {
      if (beside !== null && image !== null) {
        renameSync(beside, image);
        if (restart) app.relaunch({ execPath: image, args: ownArguments() });
        return;
      }
      if (restart && process.platform === 'darwin') app.relaunch();
      if (process.platform === 'win32' && 'install' in library) {
        (library as unknown as { install: (silent: boolean, run: boolean) => void }).install(
          true,
          restart,
        );
      }
    },
  };
};

/** What this program was told at its start; before that stand Electron's own flags and, unless packed, our folder. */
const ownArguments = (): string[] =>
  process.argv.slice(app.isPackaged ? 1 : process.argv.indexOf(app.getAppPath()) + 1);
