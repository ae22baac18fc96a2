import { createWriteStream } from 'node:fs';
import { chmod, mkdir, symlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { Entry, ZipFile } from 'yauzl';
import yauzl from 'yauzl';

const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

const openZip = (path: string): Promise<ZipFile> =>
  new Promise((done, fail) =>
    yauzl.open(path, { lazyEntries: true }, (error, zip) => (error ? fail(error) : done(zip))),
  );

/** Unpacks those entries of a zip file that are wanted, with their modes and links. */
export const unpackZip = async (
  zipFile: string,
  directory: string,
  wanted: (name: string) => boolean,
): Promise<void> => {
  const zip = await openZip(zipFile);
  const root = resolve(directory);
  const unpack = async (entry: Entry): Promise<void> => {
    const path = resolve(root, entry.fileName);
    if (path !== root && !path.startsWith(root + sep)) {
      throw new Error(`${zipFile} holds a path that leads outside: ${entry.fileName}`);
    }
    if (entry.fileName.endsWith('/')) {
      await mkdir(path, { recursive: true });
      return;
    }
    await mkdir(dirname(path), { recursive: true });
    const content = await new Promise<NodeJS.ReadableStream>((done, fail) =>
      zip.openReadStream(entry, (error, stream) => (error ? fail(error) : done(stream))),
    );
    const mode = entry.externalFileAttributes >>> 16;
    if ((mode & FILE_TYPE) === SYMBOLIC_LINK) {
      await symlink(await text(content), path);
      return;
    }
    await pipeline(content, createWriteStream(path));
    if (mode & 0o777) await chmod(path, mode & 0o777);
  };
  await new Promise<void>((done, fail) => {
    zip.on('error', fail);
    zip.on('end', done);
    zip.on('entry', (entry: Entry) => {
      const work = wanted(entry.fileName) ? unpack(entry) : Promise.resolve();
      work.then(() => zip.readEntry(), fail);
    });
    zip.readEntry();
  });
};
