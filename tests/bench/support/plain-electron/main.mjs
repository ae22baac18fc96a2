// The least that Electron can be: one window that shows a page, and hidden ones of the same page if asked for.
//   electron plain-electron --profile=DIR [--page=URL] [--windows=N]
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

const option = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

app.setPath('userData', option('profile'));
await app.whenReady();
for (let index = 0; index < Number(option('windows') ?? 1); index += 1) {
  const window = new BrowserWindow({ width: 1280, height: 800, show: index === 0 });
  const page = option('page');
  if (page) void window.loadURL(page);
  else void window.loadFile(join(import.meta.dirname, 'hello.html'), { hash: String(index) });
}
