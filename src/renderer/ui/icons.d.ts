/** Icons are imported one by one, so that neither the build nor the program reads six thousand of them. */
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  import type { Icon } from '@tabler/icons-react';

  const icon: Icon;
  export { icon as default };
}
