/** Found by the spotlight and by its key: the first recording on the page. */
export const playButton = { 'data-listening-play': true } as const;

export const pressPlay = (): void => {
  const button = document.querySelector<HTMLElement>('[data-listening-play]');
  button?.focus();
  button?.click();
};
