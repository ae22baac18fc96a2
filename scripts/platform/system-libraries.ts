import { existsSync, readdirSync } from 'node:fs';
import { findProgram } from './find-program.ts';
import { Problem } from './problem.ts';
import { runProgram } from './run-program.ts';

/** What a machine without a desktop may lack. */
export type Need = 'app' | 'display' | 'sound' | 'keyboard' | 'headset' | 'network' | 'speech';

type Part = {
  /** Debian and Ubuntu packages; of `a|b` the first one that the system knows. */
  readonly packages: readonly string[];
  /** What is missing, in words; empty when the part is complete. */
  readonly missing: (electronExecutable: string) => Promise<readonly string[]>;
};

const missingPrograms = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !findProgram(name));

/** The shared libraries that a program asks for and the system lacks. */
const missingLibraries = async (executable: string): Promise<readonly string[]> => {
  const { output } = await runProgram('ldd', [executable]);
  return [...output.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name = '']) => name);
};

const hasFonts = (): boolean =>
  ['/usr/share/fonts', '/usr/local/share/fonts'].some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((file) =>
        /\.(ttf|otf|ttc)$/.test(String(file)),
      ),
  );

const parts: Readonly<Record<Need, Part>> = {
  app: {
    packages: [
      'libgtk-3-0t64|libgtk-3-0',
      'libnss3',
      'libasound2t64|libasound2',
      'libgbm1',
      'libatk-bridge2.0-0t64|libatk-bridge2.0-0',
      // Text of a machine without any font is empty boxes.
      'fonts-dejavu-core',
    ],
    missing: async (executable) => [
      ...(await missingLibraries(executable)),
      ...(hasFonts() ? [] : ['a font']),
    ],
  },
  display: {
    packages: ['xvfb'],
    missing: () => Promise.resolve(missingPrograms(['Xvfb'])),
  },
  // Keys and pointer as a person's, for tests of what has the focus.
  keyboard: {
    packages: ['xdotool'],
    missing: () => Promise.resolve(missingPrograms(['xdotool'])),
  },
  sound: {
    packages: ['pulseaudio', 'pulseaudio-utils'],
    missing: () => Promise.resolve(missingPrograms(['pulseaudio', 'pactl', 'paplay', 'parec'])),
  },
  // Headsets without hardware, for tests: a small program that is compiled where it is used.
  headset: {
    packages: ['umockdev', 'libumockdev-dev', 'pkg-config', 'gcc', 'libc6-dev'],
    missing: async () => {
      const programs = missingPrograms(['pkg-config', 'gcc']);
      if (programs.length > 0) return programs;
      const { code } = await runProgram('pkg-config', ['--exists', 'umockdev-1.0']);
      return code === 0 ? [] : ['umockdev'];
    },
  },
  // Networks that fail on command, for tests: two small programs that are compiled where they are used, and a relay.
  network: {
    packages: ['gcc', 'libc6-dev', 'coturn'],
    missing: () => Promise.resolve(missingPrograms(['gcc', 'turnserver'])),
  },
  // People who speak, for measurements of sound.
  speech: {
    packages: ['en', 'fr', 'it', 'ru'].map((language) => `asterisk-core-sounds-${language}-g722`),
    missing: () =>
      Promise.resolve(
        ['en_US_f_Allison', 'fr_CA_f_June', 'it_IT_m_Carlo', 'ru_RU_f_IvrvoiceRU'].filter(
          (folder) => !existsSync(`/usr/share/asterisk/sounds/${folder}/agent-pass.g722`),
        ),
      ),
  },
};

const isKnown = async (name: string): Promise<boolean> => {
  const { output } = await runProgram('apt-cache', ['policy', name], { env: { LC_ALL: 'C' } });
  return /Candidate: (?!\(none\))/.test(output);
};

const choosePackages = async (needs: readonly Need[]): Promise<readonly string[]> => {
  const chosen: string[] = [];
  for (const choice of needs.flatMap((need) => parts[need].packages)) {
    const names = choice.split('|');
    const known: boolean[] = [];
    for (const name of names) known.push(await isKnown(name));
    chosen.push(names[known.indexOf(true)] ?? names.at(-1) ?? choice);
  }
  return chosen;
};

const aptGet = (...args: readonly string[]) =>
  runProgram('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });

const install = async (packages: readonly string[]): Promise<void> => {
  const arguments_ = ['install', '--no-install-recommends', ...packages];
  if ((await aptGet(...arguments_)).code === 0) return;
  // The package lists may be old, or not there at all.
  await aptGet('update');
  const { code, output } = await aptGet(...arguments_);
  if (code === 0) return;
  throw new Problem(
    'The system packages could not be installed.',
    `apt-get install -y ${packages.join(' ')}`,
    output.trim().split('\n').slice(-6).join('\n'),
  );
};

const installCommand = async (needs: readonly Need[]): Promise<string> => {
  if (findProgram('apt-get')) {
    const packages = await choosePackages(needs);
    return `sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  }
  if (findProgram('dnf')) {
    return 'sudo dnf install -y gtk3 nss alsa-lib mesa-libgbm at-spi2-atk xorg-x11-server-Xvfb pulseaudio pulseaudio-utils dejavu-sans-fonts';
  }
  if (findProgram('pacman')) {
    return 'sudo pacman -S --needed gtk3 nss alsa-lib mesa at-spi2-core xorg-server-xvfb pulseaudio ttf-dejavu';
  }
  return 'Install gtk3, nss, alsa-lib, gbm, at-spi2, Xvfb, PulseAudio and a font with your package manager.';
};

const findMissing = async (
  needs: readonly Need[],
  electronExecutable: string,
): Promise<ReadonlyMap<Need, readonly string[]>> => {
  const missing = new Map<Need, readonly string[]>();
  for (const need of needs) {
    const names = await parts[need].missing(electronExecutable);
    if (names.length > 0) missing.set(need, names);
  }
  return missing;
};

/**
 * Makes sure that the system has what the app (and for runs without a screen, what the tests) need. Installs it when this
 * is root on Debian or Ubuntu, and otherwise says which one command does. Returns what was installed.
 */
export const ensureSystemLibraries = async (
  needs: readonly Need[],
  electronExecutable: string,
): Promise<readonly Need[]> => {
  if (process.platform !== 'linux') return [];
  const before = await findMissing(needs, electronExecutable);
  if (before.size === 0) return [];
  const lacking = [...before.keys()];
  const names = [...before.values()].flat().join(', ');
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new Problem(
      `This system lacks ${names}.`,
      'Run this once, then start again:',
      `  ${await installCommand(lacking)}`,
    );
  }
  await install(await choosePackages(lacking));
  const after = [...(await findMissing(needs, electronExecutable)).values()].flat();
  if (after.length > 0) {
    throw new Problem(`Still missing after the installation: ${after.join(', ')}.`);
  }
  return lacking;
};
