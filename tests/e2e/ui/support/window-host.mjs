import { app } from 'electron';

// A shell for the gallery: each test opens its own windows by way of Playwright.
app.on('window-all-closed', () => undefined);
