export const focusById = (id: string): void => {
  document.getElementById(id)?.focus();
};
