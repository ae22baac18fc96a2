import { ensureBuilt } from './build-app.ts';
import { checkSandbox } from './check-sandbox.ts';
import { type Electron, ensureElectron } from './electron.ts';
import { cacheDirectory } from './paths.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import { step } from './terminal.ts';

/** Everything that the app needs before it can be started, shown step by step. */
export const prepareElectron = async (isScreenVirtual: boolean): Promise<Electron> => {
  const electron = await step({
    title: 'Electron fetched',
    work: () => ensureElectron(cacheDirectory()),
    detail: ({ version, provenance }) => `${version} (${provenance})`,
  });
  await step({
    title: 'System libraries installed',
    work: () =>
      ensureSystemLibraries(
        isScreenVirtual ? ['app', 'display', 'sound'] : ['app'],
        electron.executable,
      ),
  });
  await checkSandbox(electron);
  await step({ title: 'App built', work: ensureBuilt });
  return electron;
};
