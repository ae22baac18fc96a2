import { defineConfig } from 'vitest/config';

/** Real processes, sockets and sound on a busy machine. */
const realParts = {
  environment: 'node',
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    restoreMocks: true,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: [
            'src/shared/**/*.test.ts',
            'src/main/**/*.test.ts',
            'src/preload/**/*.test.ts',
            'src/renderer/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'backend',
          include: ['src/backend/**/*.test.ts', 'tests/integration/backend/**/*.test.ts'],
          ...realParts,
        },
      },
      {
        test: {
          name: 'telephony',
          include: ['tests/integration/{pbx,phone}/**/*.test.ts'],
          ...realParts,
        },
      },
    ],
  },
});
