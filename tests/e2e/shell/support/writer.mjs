import { app, BrowserWindow } from 'electron';

// Some other program: a window in which somebody writes.
void app.whenReady().then(() => {
  const window = new BrowserWindow({ x: 100, y: 500, width: 600, height: 300, title: 'Writer' });
  window.setMenu(null);
  void window.loadURL('data:text/html,<title>Writer</title><textarea autofocus></textarea>');
});
