import { app } from 'electron';

// A shell for test pages: each test opens its own windows by way of Playwright.
app.on('window-all-closed', () => undefined);
