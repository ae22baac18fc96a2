/** Pages of other systems that this desk was told of lately: no others are opened in the user's browser. */
export type ToldPages = {
  readonly tell: (urls: readonly (string | null)[]) => void;
  readonly has: (url: string) => boolean;
};

const mostPages = 200;

export const createToldPages = (): ToldPages => {
  let told: readonly string[] = [];
  return {
    tell: (urls) => {
      told = [...told, ...urls.filter((url) => url !== null)].slice(-mostPages);
    },
    has: (url) => told.includes(url),
  };
};
