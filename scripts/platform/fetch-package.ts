import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Problem } from './problem.ts';
import { runProgram } from './run-program.ts';

/**
 * Downloads a package's archive into a folder by npm itself, so that the registry, the proxy and the credentials that the
 * user has set for npm hold here too. Checked against the pinned integrity.
 */
export const fetchPackage = async (
  name: string,
  integrity: string,
  directory: string,
): Promise<string> => {
  const { code, output } = await runProgram(
    'npm',
    ['pack', name, '--ignore-scripts', '--silent', '--pack-destination', directory],
    // A folder without a package.json, so that nothing of this project's plays a part.
    { cwd: directory, shell: process.platform === 'win32' },
  );
  const archive = (await readdir(directory)).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || !archive) {
    throw new Problem(
      `npm could not fetch ${name}.`,
      'Check the network, the proxy and `npm config get registry`.',
      output.trim().split('\n').slice(-5).join('\n'),
    );
  }
  const path = join(directory, archive);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== integrity) {
    throw new Problem(
      `${name} is not what it should be: its content was changed on the way, or in the registry.`,
      `expected ${integrity}`,
      `found    ${found}`,
    );
  }
  return path;
};
