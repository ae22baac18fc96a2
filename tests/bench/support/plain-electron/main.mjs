// The least that Electron can be: one window that shows a page, and hidden ones beside it if asked for.
//   electron plain-electron --profile=DIR [--page=URL] [--windows=N]
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

const option = (name) =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);

const openWindow = (index) => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: index === 0 });
  const page = option('page');
  if (page) return window.loadURL(page);
  return window.loadFile(join(import.meta.dirname, 'hello.html'), { hash: String(index) });
};

app.setPath('userData', option('profile'));
// Electron is ready only after this file was read to its end.
app.whenReady().then(() => {
  for (let index = 0; index < Number(option('windows') ?? 1); index += 1) openWindow(index);
});
