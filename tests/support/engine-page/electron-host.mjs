import { app } from 'electron';

// A shell for test pages: each test opens its own windows by way of Playwright.
app.on('window-all-closed', () => undefined);
// The phone's page may use headsets; each page has a session of its own.
app.on('session-created', (session) => {
  session.setDevicePermissionHandler(({ deviceType }) => deviceType === 'hid');
});
