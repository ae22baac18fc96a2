// Stands in for Electron's own default app, which the binary fetched from the package registry lacks: starts the app
// that is named by the first argument that is no flag.
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'));

const load = async (path) => {
  const isDirectory = statSync(path).isDirectory();
  const home = isDirectory ? path : dirname(path);
  let description = {};
  try {
    description = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  } catch (error) {
    if (isDirectory) throw error;
  }
  const name = description.productName ?? description.name;
  if (name) app.setName(name);
  if (description.version) app.setVersion(description.version);
  app.setPath('userData', join(app.getPath('appData'), name ?? 'Electron'));
  app.setAppPath(home);
  const main = isDirectory ? createRequire(join(home, 'package.json')).resolve(path) : path;
  // Electron waits for this import before it says that it is ready.
  await import(pathToFileURL(main).href);
};

process.defaultApp = true;
if (!target) {
  process.stderr.write('Usage: electron PATH [arguments]\n');
  app.exit(2);
} else {
  try {
    await load(resolve(target));
  } catch (error) {
    process.stderr.write(`The app in ${target} could not be started:\n${error?.stack ?? error}\n`);
    if (process.env.DISPLAY || process.platform !== 'linux') {
      dialog.showErrorBox('The app could not be started', String(error?.message ?? error));
    }
    app.exit(1);
  }
}
